"""Notebooks run in a guest: their outputs, the answers to probes, and what their worst cells cost.

A warm parent takes as long to start as torch to import, so all tests of a rung share one, and many
tests look at one transcript.
"""

import atexit
import contextlib
import functools
import re
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import nbformat
import psutil
import pytest

from autograder.engine.execute import execute
from autograder.records import Job, Limits
from autograder.sandbox import conversation
from autograder.sandbox.guests import Guests
from autograder.sandbox.rungs import SandboxUnavailable, choose
from course_lib.checks.probe import Call, Get, Probe, Put, Read
from course_lib.checks.values import tensor

PROJECT = Path(__file__).resolve().parents[3]
SECRET = 0.12345678901234567
MARKER = "86399"  # seconds that a left-over process would sleep


def notebook(sources):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.v4.new_notebook(cells=cells)


@functools.cache
def guests(isolation):
    made = Guests(isolation, PROJECT)
    atexit.register(made.close)
    return made


def run(isolation, cells, probes=None, limits=None, files=None):
    """Execute named cells. Everything of the transcript is found under the cells' names."""
    index = {name: i for i, name in enumerate(cells)}
    asked = {index[name]: tuple(each) for name, each in (probes or {}).items()}
    job = Job("ada/ps1/ps1", notebook(cells.values()), asked, limits or Limits(), files)
    transcript = execute(job, guests(isolation))
    return SimpleNamespace(
        transcript=transcript,
        cells={name: transcript.cells[i] for name, i in index.items()},
        answers={name: dict(transcript.answers.get(i, {})) for name, i in index.items()},
        problems={problem.kind: problem for problem in reversed(transcript.problems)},
    )


@pytest.fixture(scope="module")
def one_rung():
    """The best rung of this machine, for what does not depend on it."""
    try:
        return choose("auto")
    except SandboxUnavailable:
        return choose("none")


def text(cell, name="stdout"):
    return "".join(o["text"] for o in cell.outputs if o.get("name") == name)


def plain(coloured):
    return re.sub(r"\x1b\[[\d;]*m", "", coloured)


def calls(id, function, *values):
    """A probe that calls `function` on `values` and reads its result as "y"."""
    names = tuple(f"x{i}" for i in range(len(values)))
    puts = tuple(map(Put, names, values))
    return Probe(id, (*puts, Call("y", function, names), Read("y", "y")))


# -- a notebook with something of everything ---------------------------------------------------

CELLS = {
    "print": "import sys, torch\nprint('out')\nprint('err', file=sys.stderr)\n40 + 2",
    "display": "from IPython.display import HTML, display\ndisplay(HTML('<b>rich</b>'))",
    "handle": "bar = display('0 %', display_id=True)",
    "update": "bar.update('100 %')",
    "figure": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "implicit figure": "plt.figure(); plt.plot([2, 1]); plt.show()",
    "error": "def deep():\n    raise ValueError('wrong on purpose')\ndeep()",
    "library error": "torch.nn.functional.relu(None)",
    "syntax error": "def g(:",
    "after error": "print('the run goes on')",
    "warning": "import warnings; warnings.warn('careful')",
    "await": "import asyncio\nawait asyncio.sleep(0.01)\nprint('awaited')",
    "task": "task = asyncio.create_task(asyncio.sleep(0, 'done'))",
    "task result": "await task",
    "magics": "%time total = sum(range(10))\n%env COLOUR=blue\n%cd -q .",
    "bash": "%%bash\necho from bash",
    "shell": "!echo hello; echo oops >&2\nfound = !echo kept\nfound",
    "descriptor": "import os, sys\nos.system('echo from a program');",
    "capture": "%%capture caught\nprint('hidden')",
    "captured": "caught.stdout",
    "input": "input('your name? ')",
    "exit": "exit()",
    "pager": "len?",
    "widget": (
        "import ipywidgets\n"
        "ipywidgets.interact(lambda T: print('T is', T), T=(1, 4));\n"
        "ipywidgets.FloatSlider()"
    ),
    "much": "for _ in range(50): print('x' * 1_000_000)\nraise ValueError('after much')",
    "surrogate": "print('lone \\ud800')",
    "memory": "held = bytearray(3 << 30)",
    "tensor memory": "torch.empty(1 << 32)",
    "file beside": "import helper\nprint(helper.WORD, open('deep/data.csv').read())",
    "not copied": "print(os.path.exists('link'))",
    "threads": "torch.set_num_threads(2)\n_ = torch.rand(400, 400) @ torch.rand(400, 400)",
    "background": f"import subprocess\nchild = subprocess.Popen(['sleep', '{MARKER}'])",
    "child": "pid = os.fork()\nif pid == 0: print('I am a copy of the notebook')",
    "define": (
        "seen = []\n"
        "note = os.path.expanduser('~/note')\n"
        "def f(x):\n"
        "    print('f was asked', x)\n"
        "    seen.append(x); open(note, 'a').write(str(x))\n"
        "    return 2 * x\n"
        "def gradient(x): return torch.autograd.grad((x * x).sum(), x)[0]\n"
        "def big(x): return torch.rand(500, 500) @ torch.rand(500, 500)\n"
        "def loops(x):\n"
        "    while True: pass\n"
        "def dies(x): os._exit(0)\n"
        "def kills_group(x): os.killpg(0, 9)\n"
        "def raises(x): raise SystemExit('bye')\n"
        "def is_object(x): return object()\n"
        "def is_huge(x): return torch.zeros(1 << 25)\n"
        "def spoils(x):\n"
        "    import contextlib\n"
        "    for fd in range(64):\n"
        "        with contextlib.suppress(OSError): os.write(fd, b'full marks' * 9)\n"
        "answer_why = 'B'"
    ),
    "check f": "raise RuntimeError('a probed cell is not run')",
    "redefine": "def f(x): return 3 * x\nanswer_why = 'C'",
    "check again": "",
    "undefine": "del f, answer_why",
    "check last": "",
    "look": "print(seen, os.path.exists(note), 'f' in dir())",
}
WHY = Probe("why", (Get("a", "answer_why"), Read("a", "a")))
X = tensor([SECRET, 2.0])
PROBES = {
    "check f": [
        calls("value", "f", X),
        calls("gradient", "gradient", replace(tensor([3.0]), requires_grad=True)),
        calls("loops", "loops", X),
        calls("value after a loop", "f", X),
        calls("dies", "dies", X),
        calls("kills group", "kills_group", X),
        calls("spoils", "spoils", X),
        calls("raises", "raises", X),
        calls("is object", "is_object", X),
        calls("is huge", "is_huge", X),
        calls("big", "big", X),
        calls("missing", "not_there", X),
        WHY,
        calls("value at last", "f", X),
    ],
    "check again": [calls("value", "f", X), WHY],
    "check last": [calls("value", "f", X), WHY],
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    (folder / "helper.py").write_text("WORD = 'helped'")
    (folder / "deep").mkdir()
    (folder / "deep" / "data.csv").write_text("1,2")
    (folder / "link").symlink_to("/etc/hostname")
    return folder


@pytest.fixture(scope="module")
def ran(every_rung, files):
    limits = Limits(memory_bytes=2 << 30, probe_seconds=2.0)
    return run(every_rung, CELLS, PROBES, limits, files)


def test_streams_and_results_are_as_a_notebook_has_them(ran):
    assert ran.cells["print"].outcome == "ok"
    assert ran.cells["print"].outputs == (
        {"output_type": "stream", "name": "stdout", "text": "out\n"},
        {"output_type": "stream", "name": "stderr", "text": "err\n"},
        {
            "output_type": "execute_result",
            "data": {"text/plain": "42"},
            "metadata": {},
            "execution_count": 1,
        },
    )


def test_all_outputs_make_a_valid_notebook(ran):
    valid = notebook(CELLS.values())
    for cell, done in zip(valid.cells, ran.cells.values(), strict=True):
        cell.outputs = [nbformat.from_dict(output) for output in done.outputs]
    nbformat.validate(valid)


def test_displays_are_rich_and_an_update_reaches_the_cell_that_showed_it(ran):
    assert ran.cells["display"].outputs[0]["data"]["text/html"] == "<b>rich</b>"
    assert ran.cells["handle"].outputs[0]["data"]["text/plain"] == "'100 %'"
    assert ran.cells["update"].outputs == ()


@pytest.mark.parametrize("name", ["figure", "implicit figure"])
def test_figures_are_inline(ran, name):
    (output,) = ran.cells[name].outputs
    assert output["output_type"] == "display_data"
    assert output["data"]["image/png"].startswith("iVBORw0KGgo")


def test_an_error_is_shown_and_does_not_stop_the_run(ran):
    cell = ran.cells["error"]
    (error,) = cell.outputs
    assert cell.outcome == "error"
    assert (error["ename"], error["evalue"]) == ("ValueError", "wrong on purpose")
    assert "raise ValueError('wrong on purpose')" in plain("".join(error["traceback"]))
    assert ran.cells["syntax error"].outputs[0]["ename"] == "SyntaxError"
    assert text(ran.cells["after error"]) == "the run goes on\n"


def test_an_error_is_shown_without_a_look_at_all_modules_for_each_frame(one_rung):
    watched = """
import sys, types
class Watched(types.ModuleType):
    asked = 0
    def __getattr__(self, name):
        Watched.asked += name == "__file__"
        raise AttributeError(name)
sys.modules["watched"] = Watched("watched")
def f():
    raise ValueError("raised")
"""
    cells = {"watch": watched, "raise": "f()", "say": "Watched.asked"}
    ran = run(one_rung, cells)
    assert ran.cells["raise"].outputs[0]["evalue"] == "raised"
    assert len(ran.cells["raise"].outputs[0]["traceback"]) == 5  # line, head, the cell, f, words
    assert int(ran.cells["say"].outputs[0]["data"]["text/plain"]) <= 1


def test_warnings_go_to_stderr(ran):
    assert "UserWarning: careful" in text(ran.cells["warning"], "stderr")


def test_top_level_await_and_tasks_work(ran):
    assert text(ran.cells["await"]) == "awaited\n"
    assert ran.cells["task"].outcome == "ok"
    assert ran.cells["task result"].outputs[0]["data"]["text/plain"] == "'done'"


def test_magics_and_programs_are_captured(ran):
    assert "Wall time" in text(ran.cells["magics"])
    assert text(ran.cells["bash"]) == "from bash\n"
    assert text(ran.cells["shell"]) == "hello\noops\n"
    assert ran.cells["shell"].outputs[-1]["data"]["text/plain"] == "['kept']"
    assert text(ran.cells["descriptor"]) == "from a program\n"
    assert ran.cells["capture"].outputs == ()
    assert ran.cells["captured"].outputs[0]["data"]["text/plain"] == r"'hidden\n'"


def test_input_fails_at_once_and_says_why(ran):
    assert ran.cells["input"].outcome == "error"
    assert "write the value into the cell" in ran.cells["input"].outputs[0]["evalue"]
    assert ran.cells["input"].seconds < 5


def test_what_belongs_to_a_live_front_end_does_no_harm(ran):
    assert ran.cells["exit"].outcome == "ok"
    assert ran.cells["pager"].outputs == ()
    assert text(ran.cells["widget"]) == "T is 2\n"
    assert "application/vnd.jupyter.widget-view+json" in ran.cells["widget"].outputs[-1]["data"]


def test_fifty_megabytes_of_output_are_cut_and_the_error_after_them_is_kept(ran):
    cell = ran.cells["much"]
    assert cell.seconds < 5
    assert 900_000 < len(text(cell)) <= Limits().output_bytes_per_cell
    assert "left out" in text(cell, "stderr")
    assert cell.outputs[-1]["evalue"] == "after much"
    assert "showed too much" in ran.problems["output"].says


def test_text_that_is_not_unicode_is_mended(ran):
    assert text(ran.cells["surrogate"]) == "lone ?\n"


def test_memory_is_bounded_and_asking_for_too_much_is_an_ordinary_error(ran):
    assert ran.cells["memory"].outputs[0]["ename"] == "MemoryError"
    assert ran.cells["tensor memory"].outputs[0]["ename"] == "RuntimeError"
    assert 50 << 20 < ran.transcript.memory_bytes < 2 << 30


def test_files_that_were_handed_in_lie_beside_the_notebook_but_no_links(ran):
    assert text(ran.cells["file beside"]) == "helped 1,2\n"
    assert text(ran.cells["not copied"]) == "False\n"
    assert "link" in ran.problems["files"].says


def test_a_forked_copy_of_the_notebook_ends_with_its_cell(ran):
    assert ran.cells["child"].outcome == "ok"
    assert ran.cells["define"].outcome == "ok"


def test_no_process_is_left(ran):
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        processes = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
        if f"sleep {MARKER}" not in processes:
            return
        time.sleep(0.05)
    raise AssertionError("the background process outlived its notebook")


def test_nothing_had_to_be_run_again(ran):
    assert ran.transcript.restarts == 0
    assert ran.problems.keys() == {"output", "files"}
    assert ran.transcript.job == "ada/ps1/ps1"


@pytest.mark.sandbox
def test_no_path_of_this_machine_is_in_an_output(namespaces, ran):
    if ran.transcript.rung != "namespaces":
        pytest.skip("only a mount namespace can show folders under other names")
    shown = str([cell.outputs for cell in ran.cells.values()])
    assert "/site-packages/torch/nn/functional.py" in shown
    assert str(PROJECT) not in shown
    assert str(Path.home()) not in shown


# -- probes ------------------------------------------------------------------------------------


def test_a_probed_cell_is_not_run(ran):
    assert ran.cells["check f"].outcome == "skipped"
    assert ran.cells["check f"].outputs == ()


def test_each_snapshot_answers_with_what_was_defined_when_its_cell_was_reached(ran):
    doubled, tripled = ran.answers["check f"], ran.answers["check again"]
    assert doubled["value"].reads["y"].data.tolist() == [2 * SECRET, 4.0]
    assert tripled["value"].reads["y"].data.tolist() == [3 * SECRET, 6.0]
    assert ran.answers["check last"]["value"].outcome == "missing"
    assert (doubled["why"].reads, tripled["why"].reads) == ({"a": "B"}, {"a": "C"})
    assert ran.answers["check last"]["why"].outcome == "missing"


def test_every_probe_has_its_own_outcome_and_costs_no_other(ran):
    outcomes = {id: answer.outcome for id, answer in ran.answers["check f"].items()}
    assert outcomes == {
        "value": "value",
        "gradient": "value",
        "loops": "timeout",
        "value after a loop": "value",
        "dies": "died",
        "kills group": "died",
        "spoils": "died",
        "raises": "raised",
        "is object": "unsupported type",
        "is huge": "unsupported type",
        "big": "value",
        "missing": "missing",
        "why": "value",
        "value at last": "value",
    }


@pytest.fixture
def asked(monkeypatch):
    """Whether each guest that is asked anything is asked for care."""
    asked = []
    begin = conversation.Conversation.begin
    monkeypatch.setattr(
        conversation.Conversation,
        "begin",
        lambda self, task: (asked.append(task.careful), begin(self, task))[1],
    )
    return asked


@pytest.mark.parametrize(
    ("body", "careful"),
    [
        ("return 2 * x", [False]),
        ("raise SystemExit", [False]),
        ("import os; os._exit(0)", [False, True]),
        ("while True: pass", [False, True]),
        (  # a whole message, and none that was asked for
            "import contextlib, os\n"
            "    for line in range(3, 64):\n"
            "        with contextlib.suppress(OSError):\n"
            "            os.write(line, b'\\4\\0\\0\\0\\0\\0\\0\\0null')",
            [False, True],
        ),
    ],
)
def test_care_is_taken_only_where_answers_are_missing(one_rung, asked, body, careful):
    call = Probe("value", (Put("x", 3), Call("y", "f", ("x",)), Read("y", "y")))
    after = Probe("after", (Get("g", "g"), Read("g", "g")))
    cells = {"define": f"g = 7\ndef f(x):\n    {body}", "check": "", "later": "g = 8"}
    ran = run(one_rung, cells, {"check": [call, after]}, Limits(probe_seconds=1))
    assert asked == careful
    assert ran.answers["check"]["after"].reads == {"g": 7}


@pytest.mark.parametrize(
    ("later", "careful", "alone"),
    [
        ("x = f(1)", [False], False),
        ("def helper():\n    return 0", [False], True),  # foreseen
        ("globals().update(helper=lambda: 0)", [False, True], True),  # found at the end
    ],
)
def test_a_fork_waits_only_where_a_later_cell_changes_what_a_function_uses(
    one_rung, asked, later, careful, alone
):
    call = Probe("value", (Put("x", 3), Call("y", "f", ("x",)), Read("y", "y")))
    define = "import os\ndef helper():\n    return 1\ndef f(x):\n    return helper(), os.getpid()"
    cells = {"define": define, "check": "", "later": later, "at last": ""}
    ran = run(one_rung, cells, {"check": [call], "at last": [call]})
    helped, process = ran.answers["check"]["value"].reads["y"]
    _, last = ran.answers["at last"]["value"].reads["y"]
    assert asked == careful
    assert helped == 1
    assert (process != last) == alone


def test_gradients_can_be_taken_and_threads_that_a_cell_started_do_not_hang_a_probe(ran):
    assert ran.answers["check f"]["big"].reads["y"].shape == (500, 500)


def test_no_hidden_input_is_in_an_output(ran):
    assert text(ran.cells["look"]) == "[] False False\n"
    assert str(SECRET)[:8] not in str([cell.outputs for cell in ran.cells.values()])


# -- cells that cost something -----------------------------------------------------------------

COSTLY = {
    "first": "import os, time\nx = 1",
    "exits": "os._exit(3)",
    "stubborn": "while True:\n    try: time.sleep(10)\n    except BaseException: pass",
    "slow": "y = 2\nwhile True: pass",
    "asleep": "import asyncio\nawait asyncio.sleep(100)",
    "last": "print(x + y)\ndef f(x): return x\ndef g(x):\n    while True: pass",
    "check": "",
}


@pytest.fixture(scope="module")
def costly(every_rung):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conversation, "GRACE_SECONDS", 1.0)
        limits = Limits(cell_seconds=0.7, probe_seconds=0.5)
        loops = [calls(f"loop {i}", "g", i) for i in range(3)]
        asked = [calls("value", "f", 7), *loops, calls("too late", "f", 8)]
        return run(every_rung, COSTLY, {"check": asked}, limits)


def test_each_costly_cell_costs_itself_and_no_other(costly):
    assert {name: cell.outcome for name, cell in costly.cells.items()} == {
        "first": "ok",
        "exits": "died",
        "stubborn": "timeout",
        "slow": "timeout",
        "asleep": "timeout",
        "last": "ok",
        "check": "skipped",
    }
    assert text(costly.cells["last"]) == "3\n"
    assert costly.answers["check"]["value"].reads == {"y": 7}
    assert costly.transcript.restarts == 2


def test_a_function_without_an_end_is_asked_twice_and_no_more(costly):
    answers = costly.answers["check"]
    assert [answers[id].outcome for id in ("loop 0", "loop 1", "loop 2")] == ["timeout"] * 3
    assert "not asked" in answers["loop 2"].detail
    assert answers["too late"].outcome == "timeout"


def test_an_interrupted_cell_shows_where_it_was(costly):
    error = costly.cells["slow"].outputs[-1]
    assert error["ename"] == "CellTimeout"
    trace = plain("".join(error["traceback"]))
    assert "while True: pass" in trace
    assert "guest" not in trace
    assert costly.cells["slow"].seconds < 2


def test_a_cell_that_died_says_so_in_its_output_and_in_a_problem(costly):
    assert costly.cells["exits"].detail == "its process ended (exit status 3)"
    assert costly.cells["exits"].outputs[0]["ename"] == "CellDied"
    assert "Code cell 2" in costly.problems["died"].says
    assert "Code cell 3" in costly.problems["timeout"].says


def test_a_notebook_that_ends_itself_again_and_again_is_given_up(one_rung):
    cells = {"first": "import os", "one": "os._exit(1)", "two": "os.abort()", "three": "1"}
    ran = run(one_rung, cells, {"three": [calls("value", "f", 7)]}, Limits(restarts=1))
    assert [cell.outcome for cell in ran.cells.values()] == ["ok", "died", "died", "skipped"]
    assert ran.cells["two"].detail == "its process was ended by a signal (Aborted)"
    assert ran.answers["three"] == {}
    assert {"given up", "not reached"} <= ran.problems.keys()


def warm_process(isolation):
    """The process that guests are forked from; with bubblewrap, it is below that."""
    started = psutil.Process(guests(isolation).parent.process.pid)
    below = [each for each in started.children(recursive=True) if "python" in each.name()]
    return below[0] if "bwrap" in started.name() else started


@contextlib.contextmanager
def killing(isolation, victim):
    """Send SIGKILL, once, to a process of the guest that comes next: as a full machine does."""
    parent = warm_process(isolation)
    known = set(parent.children(recursive=True))

    def kill():
        until = time.monotonic() + 20
        while time.monotonic() < until:
            new = [each for each in parent.children(recursive=True) if each not in known]
            if len(new) >= 2:
                time.sleep(0.5)
                victim(parent, new).kill()
                return
            time.sleep(0.01)

    thread = threading.Thread(target=kill)
    thread.start()
    yield
    thread.join()


VICTIMS = {
    "first process": lambda parent, guest: guest[0],
    "second process": lambda parent, guest: guest[1],
    "warm parent": lambda parent, guest: parent,
}


@pytest.mark.parametrize("victim", VICTIMS.values(), ids=VICTIMS)
def test_a_guest_that_is_killed_from_outside_costs_nothing(one_rung, victim):
    run(one_rung, {"warm": "1"})
    cells = {"slow": "import time; time.sleep(2)\ndef double(x): return 2 * x", "check": "0"}
    with killing(one_rung, victim):
        ran = run(one_rung, cells, {"check": [calls("value", "double", X)]})
    assert ran.cells["slow"].outcome == "ok"
    assert ran.answers["check"]["value"].outcome == "value"
    assert ran.transcript.seconds > 2.5
    assert ran.transcript.restarts == 0


def test_a_cell_that_kills_itself_each_time_is_believed_the_second_time(one_rung):
    ran = run(one_rung, {"first": "1", "kills": "import os; os.kill(os.getpid(), 9)", "last": "2"})
    assert [cell.outcome for cell in ran.cells.values()] == ["ok", "died", "ok"]
    assert ran.transcript.restarts == 1


def test_garbage_on_every_descriptor_spoils_the_transcript_and_nothing_else(one_rung):
    spoil = (
        "import contextlib, os\n"
        "for fd in range(3, 64):\n"
        "    with contextlib.suppress(OSError): os.write(fd, b'full marks' * 9)"
    )
    cells = {"first": "print('kept')", "spoil": spoil, "check": "", "last": "print('lost')"}
    ran = run(one_rung, cells, {"check": [calls("value", "f", 7)]})
    assert text(ran.cells["first"]) == "kept\n"
    assert ran.answers["check"] == {}
    assert "line to the grader" in ran.problems["garbled"].says


def test_a_notebook_that_is_slow_as_a_whole_keeps_the_answers_it_has(one_rung):
    cells = {
        "define": "import time\ndef f(x): return x",
        "check": "",
        **{f"slow {i}": "time.sleep(0.8)" for i in range(6)},
    }
    ran = run(one_rung, cells, {"check": [calls("value", "f", 7)]}, Limits(notebook_seconds=2.0))
    assert ran.answers["check"]["value"].reads == {"y": 7}
    assert [ran.cells[f"slow {i}"].outcome for i in (0, 5)] == ["ok", "skipped"]
    assert "not reached" in ran.problems


@pytest.mark.sandbox
def test_a_fork_bomb_costs_its_cell(namespaces):
    bomb = "import os, time\nfor _ in range(500): os.fork() or time.sleep(60)"
    cells = {"bomb": bomb, "last": "print('still here')"}
    ran = run(namespaces, cells, limits=Limits(processes=40))
    assert ran.cells["bomb"].outcome in ("died", "error")
    assert ran.cells["bomb"].seconds < 10
    assert text(ran.cells["last"]) == "still here\n"


# -- what is not the student's fault -----------------------------------------------------------


def test_a_library_without_course_lib_is_the_graders_error(tmp_path, one_rung):
    with pytest.raises(FileNotFoundError, match="course_lib"):
        Guests(one_rung, tmp_path)


def test_megabytes_of_code_are_not_run_and_it_is_said(one_rung):
    ran = run(one_rung, {"data": "x = '" + "a" * (17 << 20) + "'"})
    assert ran.cells["data"].outcome == "skipped"
    assert "too much code" in ran.problems
