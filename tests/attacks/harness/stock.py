"""The corpus through stock nbgrader, each attack alone in a sandbox that bounds what it breaks.

nbgrader runs notebooks as the instructor, so the sandbox holds a whole machine that may be harmed:
the course, a home, the Python environment and /tmp, all of which can be written to and are thrown
away; a network that leads nowhere; a process to hit. Between two honest students, one graded before
and one after it, sits the attacker.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from harness import corpus, findings
from harness.canaries import Canaries
from harness.classroom import ENVIRONMENT_CANARY, PROGRAMS, Classroom, make
from harness.corpus import Attack
from harness.findings import Finding
from harness.lessons import ASSIGNMENT, CLASSIC
from nbgrader.apps.baseapp import NbGrader
from traitlets.config import Config

from autograder.sandbox.rungs import choose

NAME = "stock nbgrader"
BEFORE, ATTACKER, AFTER = "s000", "s001", "s002"
_HONEST = {BEFORE: "right", AFTER: "cubed"}
_MOST, _MOST_OF_ALL = 150, 240  # seconds: of a grading, of all that is done about one attack
_MADE, _ROOM = Path("/tmp/made"), Path("/tmp/grader/room")  # inside


class StockRoom(Classroom):
    """A course without `configure(c)`."""

    @property
    def config(self) -> Config:
        app = NbGrader(log_level="ERROR")
        app.load_cwd_config = False
        app.initialize([], root=str(self.root))
        return app.config

    def error(self, student: str) -> str:
        return "" if self.autograded(student).exists() else "no autograded notebook"

    def grade(self, *students: str) -> None:
        chosen = [word for student in students for word in ("--student", student)]
        self._nbgrader("autograde", ASSIGNMENT, *chosen)

    def write_feedback(self, students: Iterator[str]) -> None:
        for student in students:
            self._nbgrader("generate_feedback", ASSIGNMENT, "--student", student)

    def _nbgrader(self, *words: str) -> None:
        """A command of nbgrader's; if it takes too long it is killed, as an instructor would."""
        home = {"HOME": str(self.canaries.home), "TOKEN": ENVIRONMENT_CANARY}
        with (self.canaries.home / "terminal").open("wb") as terminal:
            process = subprocess.Popen(
                [sys.executable, "-m", "nbgrader", *words],
                cwd=self.root,
                env=os.environ | PROGRAMS | home,
                stdin=subprocess.DEVNULL,
                stdout=terminal,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                process.wait(_MOST)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@dataclass(frozen=True)
class Prepared:
    """A course in which the first honest student is graded, and what both get without attackers."""

    course: Path
    alone: findings.Marks


def prepare(place: Path) -> Prepared:
    """Release the classic notebook, and grade honest students in it.

    The course must stand where attackers will find it: only inside do its paths hold.
    """
    made = place / "made-stock"
    make(made, CLASSIC)
    rehearsal = Path(shutil.copytree(made, place / "rehearsal"))
    marks: dict[str, findings.Marks] = {}
    for root, students in ((rehearsal, [*_HONEST]), (made, [BEFORE])):
        (place / f"canaries-{root.name}").mkdir()
        with Canaries(place / f"canaries-{root.name}")() as canaries:
            room = StockRoom(root, canaries, NAME, CLASSIC)
            for student in students:
                room.sit_down(student, _HONEST[student])
            room.grade()
            marks[root.name] = findings.marks(room)
    assert marks["rehearsal"].keys() == _HONEST.keys(), marks
    return Prepared(made, marks["rehearsal"])


def attack(prepared: Prepared, attacker: Attack) -> Finding:
    """What one attack reaches, in a sandbox of its own."""
    bwrap = choose("namespaces").bwrap
    command = [str(bwrap), *_walls(prepared.course), "--", sys.executable, "-m", "harness.stock"]
    here = str(Path(__file__).resolve().parents[1])
    try:
        done = subprocess.run(
            command,
            input=json.dumps([attacker.name, prepared.alone]),
            env=os.environ | {"PYTHONPATH": here, "TMPDIR": "/tmp"},
            capture_output=True,
            text=True,
            timeout=_MOST_OF_ALL,
        )
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return Finding(attacker, 0, 0, ("the grader never ended",), (), "no end")
    except ValueError:
        return Finding(attacker, 0, 0, (f"all was ended: {done.stderr[-300:]}",), (), "no end")
    return Finding(attacker, **{k: tuple(v) if isinstance(v, list) else v for k, v in said.items()})


def _walls(course: Path) -> list[str]:
    """Everything of the machine, but what is written goes to memory; no network, no processes."""
    walls = ["--unshare-all", "--cap-drop", "ALL", "--die-with-parent", "--new-session"]
    walls += ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"]
    for folder in dict.fromkeys(map(str, map(Path, (sys.base_prefix, sys.prefix)))):
        walls += ["--overlay-src", folder, "--tmp-overlay", folder]
    for folder in ("/tmp", "/var/tmp", "/run"):
        walls += ["--perms", "1777", "--tmpfs", folder]
    return [*walls, "--ro-bind", str(course), str(_MADE), "--chdir", "/tmp"]


def main() -> None:
    """Inside: seat the attacker, grade, look, and say what was found."""
    name, alone = json.loads(sys.stdin.read())
    attacker = corpus.read(corpus.CORPUS / f"{name}.attack")
    _ROOM.mkdir(parents=True)
    root = Path(shutil.copytree(_MADE, _ROOM / "course"))
    with Canaries(_ROOM)() as canaries:
        room = StockRoom(root, canaries, NAME, CLASSIC)
        room.honest |= _HONEST
        told = findings.structure(room)
        room.sit_down(ATTACKER, attacker)
        room.sit_down(AFTER, _HONEST[AFTER])
        own = f"autograded/{ATTACKER}/{ASSIGNMENT}/"
        room.written = (own, f"autograded/{AFTER}/", "feedback/", "gradebook.db", "__pycache__")
        room.remember()
        room.grade()
        if attacker.page:
            room.write_feedback(iter([ATTACKER]))
        found = findings.look(room, {_HONEST[each]: marks for each, marks in alone.items()}, told)
    (one,) = found.each
    harm = (*found.damage, *found.traces, *found.unfair)  # of one attacker alone: all is its own
    print(json.dumps(_plain(replace(one, damage=harm))))


def _plain(finding: Finding) -> dict:
    names = ("protected", "classic", "damage", "leaks", "error")
    return {name: getattr(finding, name) for name in names}


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main()
