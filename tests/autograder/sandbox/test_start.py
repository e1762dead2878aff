"""What a started program sees, can reach, and leaves behind."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy
import pytest

from autograder.records import Limits
from autograder.sandbox import interpreter
from autograder.sandbox.isolation import Program
from autograder.sandbox.start import start

PROJECT = Path(__file__).resolve().parents[3]
LIMITS = Limits(file_bytes=4 << 20)
TELL = "import json, os, sys\ntell = lambda x: os.write(int(sys.argv[2]), json.dumps(x).encode())\n"


@contextlib.contextmanager
def started(isolation, code, folders=None):
    """A program that says something through `tell`, and the line on which it is heard."""
    hear, say = os.pipe()
    program = Program(TELL + code, (str(say),), folders or {}, (say,))
    with open(hear, "rb") as line:
        try:
            with start(isolation, program, LIMITS) as process:
                os.close(say)
                say = None
                yield process, line
        finally:
            if say is not None:
                os.close(say)


def told(isolation, code, folders=None):
    with started(isolation, code, folders) as (process, line):
        said = line.read()
        assert process.wait(20) == 0, process.stderr.read().decode()
    return json.loads(said)


def alive(pid):
    """Whether the process runs; one that nobody has taken leave of yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(condition, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


# -- on every rung ---------------------------------------------------------------------------


def test_the_environment_is_small_and_has_nothing_of_the_graders(rung, monkeypatch):
    monkeypatch.setenv("NBGRADER_DB_URL", "postgres://user:secret@host")
    monkeypatch.setenv("PYTHONSTARTUP", "/secret.py")
    found = told(rung, "tell(dict(os.environ))")
    assert "secret" not in json.dumps(found)
    assert {"HOME", "PATH", "LANG", "TZ", "OMP_NUM_THREADS"} <= found.keys()
    others = found.keys() - {"NBGRADER_EXECUTION"}
    assert not [name for name in others if name.startswith(("NBGRADER", "JUPYTER", "VIRTUAL"))]


def test_notebooks_hear_that_they_are_graded_as_from_nbgrader(rung):
    found = told(rung, "tell(dict(os.environ))")
    assert found["NBGRADER_EXECUTION"] == "autograde"  # the FAQ of nbgrader promises it
    assert "NBGRADER_VALIDATING" not in found


def test_home_and_working_folder_are_empty_and_can_be_written_to(rung):
    code = (
        "open('file', 'w').write('x')\n"
        "import tempfile; tempfile.TemporaryFile().write(b'x')\n"
        "tell([os.listdir(os.environ['HOME']), os.listdir()])"
    )
    assert told(rung, code) == [["notebook"], ["file"]]


def test_folders_are_found_below_the_root_that_is_told(rung, tmp_path):
    (tmp_path / "data.txt").write_text("here")
    code = "tell(open(sys.argv[1] + '/deep/data/data.txt').read())"
    assert told(rung, code, {"deep/data": tmp_path}) == "here"


def test_no_other_descriptor_is_inherited(rung):
    with open(__file__) as mine:
        os.set_inheritable(mine.fileno(), True)
        code = (
            "found = []\n"
            "for fd in range(256):\n"
            "    try: os.fstat(fd); found.append(fd)\n"
            "    except OSError: pass\n"
            "tell([found, int(sys.argv[2])])"
        )
        found, line = told(rung, code)
    assert sorted(found) == [0, 1, 2, line]


def test_the_interpreter_has_this_environments_packages(rung):
    code = (
        "import importlib.util, numpy\n"
        "tell([list(sys.version_info[:3]), numpy.__version__,"
        " importlib.util.find_spec('torch') is not None])"
    )
    assert told(rung, code) == [list(sys.version_info[:3]), numpy.__version__, True]


def test_nothing_is_left_of_a_background_process_or_of_its_files(rung):
    marker = f"sleep {os.getpid() + 1_000_000}"
    code = (
        f"import subprocess, time\nsubprocess.Popen({marker.split()})\n"
        "tell(os.getcwd()); time.sleep(1000)"
    )

    def running():
        lines = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
        return marker in lines

    with started(rung, code) as (_, line):
        place = json.loads(os.read(line.fileno(), 4096))
        assert wait_until(running)
    assert wait_until(lambda: not running())
    assert not Path(place).exists()


def test_an_exception_in_the_grader_ends_the_process_too(rung):
    with (
        pytest.raises(ZeroDivisionError),
        started(rung, "import time; time.sleep(1000)") as (process, _),
    ):
        raise ZeroDivisionError
    assert process.returncode is not None
    assert not alive(process.pid)


# -- in namespaces ---------------------------------------------------------------------------


@pytest.mark.sandbox
def test_neither_project_nor_course_nor_grader_is_in_sight(namespaces, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    code = f"""
import importlib.util
names = ["autograder.records", "autograder.oracles", "autograder.judge"]
found = []
for name in names:
    try: found += [name] if importlib.util.find_spec(name) else []
    except ImportError: pass
paths = [{str(PROJECT)!r}, {str(PROJECT / "notebooks")!r}, {str(tmp_path)!r}, "/root", "/var"]
tell([found, [path for path in paths if os.path.exists(path)]])
"""
    assert told(namespaces, code) == [[], []]


@pytest.mark.sandbox
def test_a_package_that_is_installed_as_the_grader_is_empty_inside(namespaces, monkeypatch):
    installed = Path(numpy.__file__).parent / "sandbox" / "interpreter.py"
    monkeypatch.setattr(interpreter, "__file__", str(installed))
    code = "import numpy, IPython; tell([hasattr(numpy, 'array'), os.listdir(numpy.__path__[0])])"
    assert told(namespaces, code) == [False, []]


@pytest.mark.sandbox
def test_a_course_that_lies_among_the_packages_is_empty_inside(namespaces, monkeypatch):
    course = Path(numpy.__file__).parent / "random"
    monkeypatch.chdir(course)
    code = "import sysconfig; place = sysconfig.get_path('purelib') + '/numpy/random'\n"
    assert told(namespaces, code + "tell(os.listdir(place))") == []


@pytest.mark.sandbox
def test_no_path_of_this_machine_is_told(namespaces, monkeypatch, tmp_path):
    code = (
        "import numpy\n"
        "proc = {name: os.listdir('/proc') for name in ('names',)}\n"
        "tell([sys.executable, sys.prefix, sys.base_prefix, sys.path, numpy.__file__,"
        " os.getcwd(), dict(os.environ), proc, sys.argv])"
    )
    found = json.dumps(told(namespaces, code, {"data": tmp_path}))
    for path in (str(PROJECT), str(tmp_path), str(Path.home())):
        assert path not in found


@pytest.mark.sandbox
def test_no_process_of_this_machine_is_in_sight(namespaces):
    code = f"""
pids = [name for name in os.listdir("/proc") if name.isdigit()]
try: os.kill({os.getpid()}, 0); seen = True
except OSError: seen = False
tell([pids, seen, os.getpid() < 10])
"""
    assert told(namespaces, code) == [[], False, True]


@pytest.mark.sandbox
def test_there_is_no_network_not_even_to_this_machine(namespaces):
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"""
import socket
try: socket.create_connection({server.getsockname()!r}, 2); tell("connected")
except OSError as error: tell(type(error).__name__)
"""
        assert told(namespaces, code) != "connected"


@pytest.mark.sandbox
def test_only_throw_away_memory_can_be_written_to_and_not_much_of_it(namespaces, tmp_path):
    code = """
import contextlib
def wrote(path, size=1):
    with contextlib.suppress(OSError):
        with open(path, "wb", buffering=0) as file:
            return sum(file.write(bytes(1 << 20)) for _ in range(size)) == size << 20
    return False
places = [sys.argv[1], sys.argv[1] + "/data", "/", "/etc", "/dev", "/usr/lib", sys.prefix + "/lib",
          os.path.dirname(os.__file__)]
tell([[place for place in places if wrote(place + "/x")],
      [place for place in ("/tmp", "/home/student", "/dev/shm") if wrote(place + "/y")],
      [place for place in ("/tmp", "/home/student", "/dev/shm") if wrote(place + "/z", 70)]])
"""
    assert told(namespaces, code, {"data": tmp_path}) == [
        [],
        ["/tmp", "/home/student", "/dev/shm"],
        [],
    ]
    assert list(tmp_path.iterdir()) == []
