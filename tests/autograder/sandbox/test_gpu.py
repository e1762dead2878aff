"""What guests find of a GPU. Nodes that do nothing stand in for those of a driver."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder import guest
from autograder.course import Course
from autograder.engine import many
from autograder.engine.execute import execute
from autograder.errors import UsageError
from autograder.records import Job, Limits
from autograder.sandbox.bubblewrap import Command
from autograder.sandbox.equipment import NOTHING, Equipment
from autograder.sandbox.gpu import find_gpu
from autograder.sandbox.guests import Guests
from autograder.sandbox.isolation import Program
from autograder.sandbox.rungs import choose, try_out

PROJECT = Path(__file__).resolve().parents[3]

LOOK = """
import os
def attempt(action):
    try:
        return action()
    except OSError as error:
        return type(error).__name__
def use(path):
    with open(path, "r+b", buffering=0) as node:
        return node.write(b"x")
print(attempt(lambda: use(NODE)))
"""


@pytest.fixture
def dev(tmp_path):
    """A folder like /dev, of a machine with two GPUs."""
    folder = tmp_path / "dev"
    for name in ("nvidia0", "nvidia1", "nvidiactl", "nvidia-uvm", "nvidia-caps/nvidia-cap1"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to("/dev/zero")
    (folder / "nvidia-notes").write_text("no node")
    (folder / "sda").symlink_to("/dev/zero")
    return folder


def run(isolation, gpu=NOTHING, *cells, limits=None):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    with Guests(isolation, PROJECT, gpu) as guests:
        transcript = execute(Job("a/b/c", notebook, {}, limits or Limits()), guests)
    return "".join(
        output.get("text") or output.get("evalue", "")
        for cell in transcript.cells.values()
        for output in cell.outputs
    )


def test_the_nodes_of_the_driver_are_found_and_no_others(dev):
    found = find_gpu(dev)
    names = [path.name for path in found.devices]
    assert names == ["nvidia-caps", "nvidia-uvm", "nvidia0", "nvidia1", "nvidiactl"]
    assert found.gpu


def test_without_a_node_the_error_says_what_is_missing_and_what_to_do(dev):
    for node in dev.glob("nvidia[01]"):
        node.unlink()
    with pytest.raises(UsageError, match=r"no NVIDIA device node here .*nvidia0"):
        find_gpu(dev)


def test_a_driver_that_the_linker_does_not_know_is_shown_and_searched(dev, monkeypatch, tmp_path):
    folder = tmp_path / "driver"
    folder.mkdir()
    (folder / "libcuda.so.1").touch()
    monkeypatch.setenv("LD_LIBRARY_PATH", f"{tmp_path}:{folder}:relative")
    found = find_gpu(dev)
    assert found.libraries == (folder,)
    assert folder in found.readable
    assert (
        found.variables(Path("/opt/python/lib"))["LD_LIBRARY_PATH"] == f"/opt/python/lib:{folder}"
    )


def test_the_graders_choice_among_gpus_holds_in_guests_and_none_is_seen_unasked(dev, monkeypatch):
    assert Equipment().variables() == {"CUDA_VISIBLE_DEVICES": ""}
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    assert "CUDA_VISIBLE_DEVICES" not in find_gpu(dev).variables()
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")
    assert find_gpu(dev).variables()["CUDA_VISIBLE_DEVICES"] == "1"


def arguments(isolation, gpu):
    command = Command(isolation.bwrap, Program("", equipment=gpu), Limits())
    try:
        (source,) = command.argv[2:3]
        with open(os.dup(int(source)), encoding="utf-8") as file:
            return file.read().split("\0"), command.environment
    finally:
        command.close()


def bound(words):
    """What is put where: pairs of bubblewrap's --dev-bind."""
    return {words[i + 2]: words[i + 1] for i, word in enumerate(words) if word == "--dev-bind"}


@pytest.mark.sandbox
def test_bubblewrap_binds_each_node_into_dev_before_that_is_closed(namespaces, dev):
    words, environment = arguments(namespaces, find_gpu(dev))
    names = ("nvidia-caps", "nvidia-uvm", "nvidia0", "nvidia1", "nvidiactl")
    nodes = {f"/dev/{name}": str(dev / name) for name in names}
    usual = {
        f"/dev/{name}": f"/dev/{name}" for name in ("null", "zero", "full", "random", "urandom")
    }
    assert bound(words) == nodes | usual
    last = max(i for i, word in enumerate(words) if word == "--dev-bind")
    closed = next(i for i in range(len(words)) if words[i : i + 2] == ["--remount-ro", "/dev"])
    made = next(i for i in range(len(words)) if words[i : i + 2] == ["--tmpfs", "/dev"])
    assert made < last < closed
    assert words[words.index("--proc") + 1] == "/proc"
    assert "/sys" in words
    assert environment["PYTORCH_NVML_BASED_CUDA_CHECK"] == "1"


@pytest.mark.sandbox
def test_without_a_gpu_bubblewrap_binds_no_node(namespaces):
    words, environment = arguments(namespaces, NOTHING)
    assert not bound(words)
    assert "--proc" not in words
    assert environment["CUDA_VISIBLE_DEVICES"] == ""


@pytest.mark.slow
def test_a_guest_uses_the_nodes_and_sees_its_own_processes_alone(isolated, dev):
    if failure := try_out(isolated, find_gpu(dev)):
        pytest.skip(f"no guest with a GPU here: {failure}")
    node = "/dev/nvidia0" if isolated.name == "namespaces" else str((dev / "nvidia0").resolve())
    gpu = find_gpu(dev)
    if isolated.name != "namespaces":  # a path rule is one of what a link leads to
        gpu = Equipment(gpu.readable, tuple(each.resolve() for each in gpu.devices), gpu=True)
    names_itself = """
thread = f"/proc/self/task/{os.getpid()}/comm"
print(attempt(lambda: open(thread, "w").write("cuda")))
others = attempt(lambda: [name for name in os.listdir("/proc") if name.isdigit()])
print(others if isinstance(others, str) else len(others))
"""
    said = run(isolated, gpu, f"NODE = {node!r}" + LOOK, names_itself).split()
    assert said == ["1", "4", "2" if isolated.name == "namespaces" else "PermissionError"]


@pytest.mark.sandbox
def test_nobody_finds_nodes_that_were_not_asked_for(namespaces):
    assert run(namespaces, NOTHING, "NODE = '/dev/nvidia0'" + LOOK).split() == ["FileNotFoundError"]


def test_cuda_is_hidden_from_guests_that_are_not_to_use_it(rung):
    cell = "import os; print(repr(os.environ['CUDA_VISIBLE_DEVICES']))"
    assert run(rung, NOTHING, cell).split() == ["''"]


@pytest.mark.slow
def test_what_a_driver_maps_counts_for_nothing_and_what_is_used_does(dev):
    rung = choose("none")
    maps = """
import mmap
space = mmap.mmap(-1, 8 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000)  # no reserve
print("mapped")
"""
    uses = "held = bytearray(600 << 20)\nimport time\ntime.sleep(5)\nprint('used')"
    limits = Limits(memory_bytes=512 << 20, restarts=0)
    assert "mapped" not in run(rung, NOTHING, maps, limits=limits)
    said = run(rung, find_gpu(dev), maps, uses, limits=limits)
    assert "mapped" in said
    assert "used\n" not in said
    assert "more than 512 MiB of memory" in said


PREPARE = """
import sys
sys.path[:0] = sys.argv[1:3]
import torch

def never(*_, **__):
    raise SystemExit("the warm parent asked CUDA")

# All ways to CUDA lead over these, in a build that has it.
torch.cuda._is_compiled = lambda: True
torch.cuda._lazy_init = torch.cuda.device_count = torch.cuda.is_available = never
for name in ("_cuda_init", "_cuda_getDeviceCount", "_cuda_getCurrentRawStream"):
    setattr(torch._C, name, never)
from guest import warm
warm.prepare(sys.argv[1])
assert not torch.cuda.is_initialized()
print("never asked")
"""


@pytest.mark.slow
def test_the_warm_parent_prepares_itself_without_a_word_to_cuda():
    folder = str(Path(guest.__path__[0]).parent)
    ran = subprocess.run(
        [sys.executable, "-c", PREPARE, folder, str(PROJECT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.endswith("never asked\n"), ran.stderr[-2000:]


def test_a_course_asks_for_a_gpu_and_hears_where_there_is_none(released, hand_in):
    if list(Path("/dev").glob("nvidia[0-9]*")):
        pytest.skip("there is one")
    config = released.root / "nbgrader_config.py"
    config.write_text(config.read_text().replace("configure(c, ", "configure(c, gpu=True, "))
    hand_in(released, "al")
    course = Course.load(released.root)
    assert course.gpu
    with pytest.raises(UsageError, match="no NVIDIA device node here"):
        many.grade(course, "ps1")
    program = Path(sys.executable).with_name("autograder")
    command = [program, "grade", "ps1", "--gpu", "--course", course.root]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "no NVIDIA device node here" in " ".join(ran.stderr.split())


@pytest.mark.gpu
def test_a_notebook_computes_on_the_gpu(isolated):
    if not list(Path("/dev").glob("nvidia[0-9]*")):
        pytest.skip("no NVIDIA device node here")
    cells = ("import torch", 'print(torch.ones(1, device="cuda").sum().item())')
    assert run(isolated, find_gpu(), *cells) == "1.0\n"
