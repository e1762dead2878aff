"""A course with attackers in it, graded as an instructor would: by the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from harness import witnesses
from harness.canaries import Canaries
from harness.corpus import Attack, Places

from autograder.course import Course, init
from autograder.engine import journal

ENVIRONMENT_CANARY = "what-stands-in-the-graders-environment"
HIDDEN_CANARY = "what_only_a_hidden_test_says"
ASSIGNMENT = "ps1"
LIMITS = {
    "cell_seconds": 3.0, "notebook_seconds": 20.0, "probe_seconds": 1.5, "memory_bytes": 1 << 30,
    "processes": 48, "file_bytes": 16 << 20, "restarts": 3,
}  # fmt: skip
_CONFIG = """\
from autograder import configure

c = get_config()  # noqa: F821
configure(c, exercises="attacked_registry", isolation={isolation!r}, jobs=2, limits={limits!r})
"""
_STOCK = """\
c = get_config()  # noqa: F821
c.ClearSolutions.code_stub = {"python": "..."}
c.Execute.timeout = 3
"""
_EACH = 4  # so many attackers to a witness


@dataclass
class Classroom:
    """A course, its canaries, and who handed in what."""

    root: Path
    canaries: Canaries
    isolation: str
    attackers: dict[str, Attack] = field(default_factory=dict)
    honest: dict[str, str] = field(default_factory=dict)  # student -> kind of witness
    terminal: str = ""  # all that was printed so far
    _before: dict[str, bytes] = field(default_factory=dict)

    @property
    def course(self) -> Course:
        return Course.load(self.root)

    @property
    def release(self) -> Path:
        return self.root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"

    def submitted(self, student: str) -> Path:
        return self.root / "submitted" / student / ASSIGNMENT

    def autograded(self, student: str) -> Path:
        return self.root / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"

    def journal(self) -> dict[str, dict[str, Any]]:
        """What grading says of each student."""
        return journal.latest(self.course, ASSIGNMENT)

    def feedback(self, student: str) -> Path:
        return self.root / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"

    def seat(self, attacks: Sequence[Attack]) -> None:
        """Hand in for all: a witness of each kind, then after every four attackers one more."""
        kinds = list(witnesses.KINDS)
        seats: list[Attack | str] = list(kinds)
        for number, attack in enumerate(attacks, 1):
            seats.append(attack)
            if number % _EACH == 0 or number == len(attacks):
                seats.append(kinds[number // _EACH % 2])
        for number, seat in enumerate(seats):
            student = f"s{number:03}"
            if isinstance(seat, Attack):
                self.attackers[student] = seat
                seat.hand_in(self.release, self.submitted(student), self._places())
            else:
                self.honest[student] = seat
                witnesses.hand_in(seat, self.release, self.submitted(student))
        self._before = dict(self._contents())

    def _places(self) -> Places:
        canaries = self.canaries
        return Places(
            str(self.root),
            str(canaries.outside),
            canaries.port,
            canaries.victim.pid,
            canaries.seconds,
        )

    def grade(self) -> None:
        """`autograder grade`. Raises `AssertionError` if the class could not be graded."""
        self.run("grade", ASSIGNMENT, most=1200)
        self.run("report", ASSIGNMENT)

    def write_feedback(self, students: Sequence[str]) -> None:
        chosen = [word for student in students for word in ("--student", student)]
        self.run("feedback", ASSIGNMENT, *chosen, most=600)

    def run(self, *words: str, most: float = 300) -> None:
        """One of our own commands, in the course and in an environment that holds a canary."""
        call = "from autograder.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", call, *words],
            cwd=self.root,
            env=os.environ | {"HOME": str(self.canaries.home), "CANARY": ENVIRONMENT_CANARY},
            capture_output=True,
            text=True,
            timeout=most,
        )
        # 1 says that some could not be graded, or that Python ended with an error of the grader's
        if done.returncode not in (0, 1) or "Traceback" in done.stderr:
            raise AssertionError(f"{words}: exit status {done.returncode}\n{done.stderr[-3000:]}")
        self.terminal += done.stdout + done.stderr

    # -- what became of it -----------------------------------------------------------------

    def changed(self) -> list[str]:
        """Files of the course that are not as they were, nor what grading writes."""
        now = dict(self._contents())
        return sorted(
            name for name in self._before.keys() | now if self._before.get(name) != now.get(name)
        )

    def _contents(self) -> Iterator[tuple[str, bytes]]:
        written = (
            "autograded/",
            "feedback/",
            "report/",
            "gradebook.db",
            ".autograder/",
            "__pycache__",
        )
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_symlink():
                yield name, os.readlink(path).encode()
            elif path.is_file() and not any(part in name for part in written):
                yield name, path.read_bytes()
        yield "secret", (self.root / ".autograder" / "secret").read_bytes()


@contextmanager
def opened(folder: Path, isolation: str) -> Iterator[Classroom]:
    """A released course, nobody in it; made once for each folder's parent and then copied."""
    made = folder.parent / "made"
    if not made.exists():
        _make(made)
    folder.mkdir()
    root = Path(shutil.copytree(made, folder / "course", symlinks=True))
    config = _CONFIG.format(isolation=isolation, limits=LIMITS)
    (root / "nbgrader_config.py").write_text(config)
    with Canaries(folder)() as canaries:
        yield Classroom(root, canaries, isolation)


def _make(root: Path) -> None:
    init(root)
    shutil.rmtree(root / "source")
    (root / "source" / ASSIGNMENT).mkdir(parents=True)
    here = Path(__file__).resolve().parents[1] / "course"
    shutil.copy(here / "attacked_registry.py", root)
    (root / "nbgrader_config.py").write_text(_CONFIG.format(isolation="auto", limits=LIMITS))
    nbformat.write(_source(), root / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    (root / "source" / ASSIGNMENT / "data.csv").write_text("x\n1\n")
    call = "from autograder.cli import main; main()"
    words = [sys.executable, "-c", call, "release", ASSIGNMENT]
    subprocess.run(words, cwd=root, check=True, capture_output=True, timeout=120)


def _source() -> nbformat.NotebookNode:
    code, text = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
    cells = [
        code('WHEEL_URL = ""\nimport numpy as np\nimport torch\nfrom course_lib import check'),
        _marked(code(_solved("weighed", "def weighed(x, w):", _indented("weighed"))), "weighed"),
        _marked(code("check(weighed)"), "check_weighed", points=8),
        _marked(code(_solved("why", "answer_why = None", witnesses.RIGHT["why"])), "why", 2),
        _marked(
            code(_solved("pairs", "answer_pairs = None", witnesses.RIGHT["pairs"])), "pairs", 2
        ),
        text("Classic cells, as any nbgrader course has them."),
        _marked(code(_solved("triple", "def triple(x):", "    return 3 * x")), "triple"),
        _marked(
            code(
                "assert triple(1) == 3\n### BEGIN HIDDEN TESTS\n"
                f"{HIDDEN_CANARY} = -7.25\nassert triple({HIDDEN_CANARY}) == -21.75\n"
                "np.testing.assert_allclose(triple(np.arange(3.0)), [0, 3, 6])\n"
                "### END HIDDEN TESTS"
            ),
            "test_triple",
            points=2,
        ),
        _marked(code(_solved("part", "def part(x):", "    return x + 1")), "part"),
        _marked(code("(part(1) == 2) * 1.0 + (part(-3) == -2) * 1.0"), "test_part", points=2),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata.kernelspec = spec
    return notebook


def _solved(id: str, head: str, solution: str) -> str:
    return f"# @answer {id}\n{head}\n### BEGIN SOLUTION\n{solution}\n### END SOLUTION"


def _indented(id: str) -> str:
    return witnesses.RIGHT[id].split("\n", 1)[1]


def _marked(
    cell: nbformat.NotebookNode, id: str, answer_points: int = 0, *, points: int = 0
) -> nbformat.NotebookNode:
    """A cell with nbgrader's metadata: a test if it has `points`, else an answer."""
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": id,
        "grade": bool(points or answer_points),
        "solution": not points,
        "locked": bool(points),
        "task": False,
    }
    if points or answer_points:
        cell.metadata["nbgrader"]["points"] = points or answer_points
    return cell
