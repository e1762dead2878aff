"""Notebooks of other languages run in their own Jupyter kernel, in the same sandbox."""

import json
import shutil
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.engine.execute import execute
from autograder.engine.languages import kernel_of
from autograder.records import Job, Limits
from autograder.sandbox.guests import Guests
from autograder.sandbox.rungs import SandboxUnavailable, choose
from course_lib.checks.probe import Get, Probe, Read

PROJECT = Path(__file__).resolve().parents[3]
TOY = PROJECT / "tests" / "toy_kernel.py"
QUICK = Limits(cell_seconds=2.0, notebook_seconds=60.0)


def install(folder, name, *more):
    """A specification in the folder, with the kernel's program beside it."""
    place = folder / "kernels" / name
    place.mkdir(parents=True)
    shutil.copy(TOY, place)
    argv = [sys.executable, "{resource_dir}/toy_kernel.py", "-f", "{connection_file}", *more]
    spec = {"argv": argv, "display_name": name, "language": "toy", "env": {"TOY": "yes"}}
    (place / "kernel.json").write_text(json.dumps(spec))


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Two kernels that Jupyter finds; one does not start."""
    folder = tmp_path_factory.mktemp("jupyter")
    install(folder, "toy")
    install(folder, "broken", "--broken")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        yield folder


@pytest.fixture(scope="module")
def guests(installed):
    """On the better of the two rungs on which kernels can be talked to."""
    try:
        isolation = choose("namespaces")
    except SandboxUnavailable:
        isolation = choose("none")
    with Guests(isolation, PROJECT) as made:
        yield made


def notebook(*cells, name="toy", language="toy"):
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    made.metadata.kernelspec = {"name": name, "display_name": name}
    if language:
        made.metadata.kernelspec["language"] = language
    return made


def run(guests, *cells, limits=None, files=None, probes=None, **named):
    job = Job("ada/ps1/ps1", notebook(*cells, **named), probes or {}, limits or Limits(), files)
    return execute(job, guests)


def said(run):
    return "".join(output.get("text", "") for output in run.outputs)


def outcomes(transcript):
    return [run.outcome for run in transcript.cells.values()]


def problems(transcript):
    return {each.kind: each.says for each in transcript.problems}


def test_cells_run_in_order_in_one_kernel_and_their_outputs_are_nbformats(guests):
    transcript = run(guests, "set x 3\nsay hello", "result 1.5", "expect x 3", "expect x 4")
    assert outcomes(transcript) == ["ok", "ok", "ok", "error"]
    first, second, _, last = transcript.cells.values()
    assert first.outputs == ({"output_type": "stream", "name": "stdout", "text": "hello\n"},)
    assert second.outputs[0]["output_type"] == "execute_result"
    assert second.outputs[0]["data"] == {"text/plain": "1.5"}
    assert [output["ename"] for output in last.outputs] == ["ToyError"]
    assert not transcript.problems


def test_without_isolation_it_is_no_different(installed):
    with Guests(choose("none"), PROJECT) as guests:
        assert outcomes(run(guests, "set x 3", "die", "expect x 3")) == ["ok", "died", "ok"]


def test_the_kernel_finds_what_nbgrader_and_its_specification_promise(guests, tmp_path):
    (tmp_path / "data.csv").write_text("1\n")
    cells = ("environ NBGRADER_EXECUTION", "environ TOY", "list")
    execution, own, files = map(said, run(guests, *cells, files=tmp_path).cells.values())
    assert (execution, own) == ("autograde\n", "yes\n")
    assert "data.csv" in files.split()


def test_the_walls_are_those_of_any_guest(guests, namespaces):
    if guests.isolation != namespaces:
        pytest.skip("only a namespace takes things out of sight")
    seen = run(guests, f"list {PROJECT}", "list /proc", f"list {Path.home()}")
    project, processes, home = map(said, seen.cells.values())
    assert project == home == "FileNotFoundError\n"
    assert not any(name.isdigit() for name in processes.split())


def test_a_cell_that_runs_too_long_is_interrupted_and_costs_itself_alone(guests):
    transcript = run(guests, "set x 1", "wait 60", "expect x 1", limits=QUICK)
    assert outcomes(transcript) == ["ok", "timeout", "ok"]
    assert transcript.restarts == 0
    assert "timeout" in problems(transcript)


@pytest.mark.slow
def test_a_kernel_that_heeds_no_interrupt_costs_that_cell_alone(guests):
    transcript = run(guests, "set x 1", "stubborn 60", "expect x 1", limits=QUICK)
    assert outcomes(transcript) == ["ok", "timeout", "ok"]
    assert transcript.restarts == 1


def test_a_dead_kernel_costs_that_cell_alone(guests):
    transcript = run(guests, "set x 1", "die", "expect x 1")
    assert outcomes(transcript) == ["ok", "died", "ok"]
    assert transcript.restarts == 1


def test_outputs_are_cut_as_they_come(guests):
    limits = Limits(output_bytes_per_cell=10_000)
    transcript = run(guests, "flood 5000", "say on", limits=limits)
    flood, after = transcript.cells.values()
    assert len(said(flood)) < 11_000
    assert said(after) == "on\n"
    assert "output" in problems(transcript)


def test_messages_that_are_none_do_no_harm(guests):
    transcript = run(guests, "nonsense", "say on")
    assert outcomes(transcript) == ["ok", "ok"]
    assert said(transcript.cells[1]) == "on\n"


def test_protected_cells_cannot_be_asked_and_that_is_said(guests):
    probes = {1: (Probe("x", (Get("answer", "x"), Read("answer", "answer"))),)}
    transcript = run(guests, "set x 1", "check x", "say on", probes=probes)
    assert outcomes(transcript) == ["ok", "skipped", "ok"]
    assert not transcript.answers
    assert "not written in Python" in problems(transcript)["unprobed"]


def test_a_kernel_that_is_not_installed_is_named(guests):
    transcript = run(guests, "1 + 1", "2", name="ir", language="R")
    assert outcomes(transcript) == ["skipped", "skipped"]
    assert (
        "the notebook names the kernel 'ir', which is not installed here"
        in problems(transcript)["no kernel"]
    )


def test_a_kernel_that_does_not_start_is_named_and_why_is_logged(guests, caplog):
    transcript = run(guests, "say on", name="broken")
    assert "'broken' does not start" in problems(transcript)["no kernel"]
    assert "this kernel is broken" in caplog.text


def test_where_sockets_are_refused_no_kernel_is_started(installed):
    try:
        isolation = choose("landlock")
    except SandboxUnavailable as error:
        pytest.skip(str(error).splitlines()[1])
    with Guests(isolation, PROJECT) as guests:
        transcript = run(guests, "say on")
    assert "over sockets" in problems(transcript)["no kernel"]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("metadata", "kernel"),
    [
        ({}, None),
        ({"kernelspec": {"name": "my-env", "language": "python"}}, None),
        ({"kernelspec": {"name": "my-env"}, "language_info": {"name": "python"}}, None),
        ({"kernelspec": {"name": "nobody-knows"}}, None),
        ({"kernelspec": "ir"}, None),
        ({"kernelspec": {"name": "toy"}}, "toy"),
        ({"kernelspec": {"name": "ir", "language": "R"}}, "ir"),
        (
            {
                "kernelspec": {"name": "sage", "language": "sage"},
                "language_info": {"name": "python"},
            },
            "sage",
        ),
        ({"language_info": {"name": "julia"}}, ""),
    ],
)
def test_the_language_says_which_kernel_runs_a_notebook(metadata, kernel):
    made = nbformat.v4.new_notebook()
    made.metadata = nbformat.from_dict(metadata)
    assert kernel_of(made) == kernel
