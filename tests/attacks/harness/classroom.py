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

import nbformat
from harness import witnesses
from harness.canaries import Canaries
from harness.corpus import Attack, Places
from harness.lessons import ASSIGNMENT, MIXED, Lesson
from traitlets.config import Config

from autograder.course import Course, init
from autograder.engine import journal
from autograder.scaffold import secret_path

ENVIRONMENT_CANARY = "what-stands-in-the-graders-environment"
LIMITS = {
    "cell_seconds": 3.0, "notebook_seconds": 20.0, "probe_seconds": 1.5, "memory_bytes": 1 << 30,
    "processes": 48, "file_bytes": 16 << 20, "restarts": 3,
}  # fmt: skip
PROGRAMS = {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
PLAIN = """\
c = get_config()  # noqa: F821
c.ClearSolutions.code_stub = {"python": "..."}
c.Execute.timeout = 10
"""
_CONFIGURED = """\
from autograder import configure

configure(c, exercises={exercises!r}, isolation={isolation!r}, jobs=2, limits={limits!r})
"""
_WRITTEN = ("autograded/", "feedback/", "report/", "gradebook.db", ".autograder/", "__pycache__")
_EACH = 4  # so many attackers to a witness


@dataclass
class Classroom:
    """A course, its canaries, and who handed in what."""

    root: Path
    canaries: Canaries
    isolation: str
    lesson: Lesson = MIXED
    attackers: dict[str, Attack] = field(default_factory=dict)
    honest: dict[str, str] = field(default_factory=dict)  # student -> kind of witness
    terminal: str = ""  # all that was printed so far
    written: tuple[str, ...] = _WRITTEN  # what grading writes: parts of paths
    _before: dict[str, bytes] = field(default_factory=dict)

    @property
    def course(self) -> Course:
        return Course.load(self.root)

    @property
    def config(self) -> Config:
        """What pages are made with."""
        return self.course.config

    @property
    def secret(self) -> str:
        return secret_path(self.root).read_text().strip()

    @property
    def release(self) -> Path:
        return self.root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"

    def submitted(self, student: str) -> Path:
        return self.root / "submitted" / student / ASSIGNMENT

    def autograded(self, student: str) -> Path:
        return self.root / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"

    def error(self, student: str) -> str:
        """Why a submission has no verdict, "" if it has one."""
        said = journal.latest(self.course, ASSIGNMENT)
        return said[student]["error"] if student in said else "no entry in the journal"

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
            self.sit_down(f"s{number:03}", seat)
        self.remember()

    def sit_down(self, student: str, seat: Attack | str) -> None:
        """Hand in as an attacker, or as an honest student of a kind."""
        if isinstance(seat, Attack):
            self.attackers[student] = seat
            seat.hand_in(self.release, self.submitted(student), self._places())
        else:
            self.honest[student] = seat
            witnesses.hand_in(seat, self.release, self.submitted(student))

    def remember(self) -> None:
        """Take the course as it is for what it has to be when all is graded."""
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
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_symlink():
                yield name, os.readlink(path).encode()
            elif path.is_file() and not any(part in name for part in self.written):
                yield name, path.read_bytes()
        yield "secret", self.secret.encode()


@contextmanager
def opened(folder: Path, isolation: str, lesson: Lesson = MIXED) -> Iterator[Classroom]:
    """A released course, nobody in it; made once for each folder's parent and then copied."""
    made = folder.parent / f"made-{lesson.name}"
    if not made.exists():
        make(made, lesson)
    folder.mkdir()
    root = Path(shutil.copytree(made, folder / "course", symlinks=True))
    _configure(root, isolation, lesson)
    with Canaries(folder)() as canaries:
        yield Classroom(root, canaries, isolation, lesson)


def make(root: Path, lesson: Lesson) -> None:
    """A course with one assignment, released: protected cells by ours, others by nbgrader alone."""
    init(root)
    shutil.rmtree(root / "source")
    (root / "source" / ASSIGNMENT).mkdir(parents=True)
    here = Path(__file__).resolve().parents[1] / "course"
    shutil.copy(here / "attacked_registry.py", root)
    nbformat.write(lesson.notebook(), root / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    (root / "source" / ASSIGNMENT / "data.csv").write_text("x\n1\n")
    if lesson.protected:
        _configure(root, "auto", lesson)
        words = ["-c", "from autograder.cli import main; main()", "release", ASSIGNMENT]
    else:
        (root / "nbgrader_config.py").write_text(PLAIN)
        words = ["-m", "nbgrader", "generate_assignment", ASSIGNMENT]
    command, programs = [sys.executable, *words], os.environ | PROGRAMS
    subprocess.run(command, cwd=root, env=programs, check=True, capture_output=True, timeout=300)


def _configure(root: Path, isolation: str, lesson: Lesson) -> None:
    exercises = "attacked_registry" if lesson.protected else None
    ours = _CONFIGURED.format(exercises=exercises, isolation=isolation, limits=LIMITS)
    (root / "nbgrader_config.py").write_text(PLAIN + ours)
