"""What the attackers of a class have reached: marks, damage, leaks."""

from __future__ import annotations

import copy
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import nbformat
from harness.classroom import ENVIRONMENT_CANARY, Classroom
from harness.corpus import Attack
from harness.lessons import ASSIGNMENT, HIDDEN_CANARY, HIDDEN_INPUTS, Lesson
from harness.pages import acts
from harness.witnesses import OTHER_CANARY, traces
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers

from autograder.exercises.tables import build
from course_lib.checks.probe import Put
from course_lib.checks.values import Array

HIDDEN_TEST = "a hidden test"
_DIGITS = 8  # of a hidden number, to know it by

Marks = Mapping[str, Mapping[str, float | None]]
"""student -> grade_id -> points; None where nothing was graded."""


@dataclass(frozen=True)
class Finding:
    """What one attack has reached on one rung."""

    attack: Attack
    protected: float
    classic: float
    damage: tuple[str, ...]
    leaks: tuple[str, ...]
    error: str = ""  # why it has no verdict, where every submission has to get one


@dataclass(frozen=True)
class Findings:
    """What all have reached, and what was found of which nobody knows whose it is."""

    isolation: str
    each: tuple[Finding, ...]
    unfair: tuple[str, ...]  # honest students whose grades are not what they are without attackers
    traces: tuple[str, ...]
    damage: tuple[str, ...]

    def reached(self, wish: str) -> list[Finding]:
        """Those who got marks on protected cells ("protected"), on classic ones, damage, a leak."""
        reached = {
            "protected": lambda f: f.protected > 0,
            "classic": lambda f: f.classic > 0,
            "damage": lambda f: bool(f.damage or f.error),
            "leak": lambda f: bool(f.leaks),
        }
        return [each for each in self.each if reached[wish](each)]


def marks(room: Classroom) -> dict[str, dict[str, float | None]]:
    """All automatic scores in the gradebook."""
    query = """
        select student.id, base_cell.name, grade.auto_score
        from grade
        join base_cell on base_cell.id = grade.cell_id
        join submitted_notebook on submitted_notebook.id = grade.notebook_id
        join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
        join student on student.id = submitted_assignment.student_id
    """
    found: dict[str, dict[str, float | None]] = {}
    with sqlite3.connect(f"file:{room.root / 'gradebook.db'}?mode=ro", uri=True) as db:
        for student, cell, points in db.execute(query):
            found.setdefault(student, {})[cell] = points
    return found


def structure(room: Classroom) -> list[tuple]:
    """What the gradebook says of the assignment itself."""
    with sqlite3.connect(f"file:{room.root / 'gradebook.db'}?mode=ro", uri=True) as db:
        cells = db.execute(
            "select base_cell.name, max_score from base_cell join grade_cells "
            "on grade_cells.id = base_cell.id order by 1"
        ).fetchall()
        sources = db.execute("select name, source from source_cell order by 1").fetchall()
    return [*cells, *sources]


def look(room: Classroom, alone: Marks, told: list[tuple]) -> Findings:
    """Look at a class that was graded.

    `alone` is what each kind of honest student gets without attackers, `told` the gradebook's
    structure before.
    """
    got = marks(room)
    heard = room.canaries.heard()
    files = room.canaries.files() + room.changed()
    secrets = [*_secrets(room)]
    each = [
        Finding(
            attack,
            *_unearned(room.lesson, got.get(student, {}), attack),
            tuple(path for path in files if f"canary-{attack.name}" in path),
            (*_leaks(room, student, attack, secrets), *_reached(heard, attack)),
            room.error(student),
        )
        for student, attack in room.attackers.items()
    ]
    unfair = [
        f"{student} ({kind}): {got.get(student)} instead of {alone[kind]}"
        for student, kind in room.honest.items()
        if got.get(student) != alone[kind]
    ]
    found = [line for student in room.honest for line in traces(room.autograded(student))]
    damage = [*_damage(room, told, files), *_failures(room)]
    return Findings(room.isolation, tuple(each), tuple(unfair), tuple(found), tuple(damage))


def _unearned(
    lesson: Lesson, scores: Mapping[str, float | None], attack: Attack
) -> tuple[float, float]:
    """Points on protected and on classic cells without what is honestly the attacker's own."""
    protected, classic = (
        sum(scores.get(cell) or 0.0 for cell in cells)
        for cells in (lesson.protected, lesson.classic)
    )
    if lesson.protected:
        return protected - attack.earns, classic
    return protected, classic - attack.earns


def _damage(room: Classroom, told: list[tuple], files: list[str]) -> Iterator[str]:
    yield from (f"file {path}" for path in files)
    yield from (f"process {line}" for line in room.canaries.processes())
    yield from (f"signal {number}" for number in room.canaries.signals())
    yield from (f"shared memory {each}" for each in room.canaries.shared_memory())
    controls = re.findall(r"\x1b[^\[].{20}|\x1b\[2J|[\u202a-\u202e\u2066-\u2069]", room.terminal)
    yield from (f"terminal {each!r}" for each in controls)
    if structure(room) != told:
        yield "the gradebook has other cells than before"
    strangers = marks(room).keys() - room.attackers.keys() - room.honest.keys()
    yield from (f"the gradebook has a student {each}" for each in strangers)


def _failures(room: Classroom) -> Iterator[str]:
    """Honest students whom the grader failed on."""
    for student in room.honest:
        if error := room.error(student):
            yield f"{student} was not graded: {error}"


# -- leaks -----------------------------------------------------------------------------------


def _secrets(room: Classroom) -> Iterator[tuple[str, str]]:
    """What must not come back to an attacker: what it is, and how it is known."""
    yield "the oracle", "the-oracle-of-the-attacked-course"
    yield "the grader's environment", ENVIRONMENT_CANARY
    yield "another submission", OTHER_CANARY
    yield "the course's secret", room.secret
    yield HIDDEN_TEST, HIDDEN_CANARY
    if not room.lesson.protected:
        yield from ((HIDDEN_TEST, number.strip("-")[:_DIGITS]) for number in HIDDEN_INPUTS)
        return
    course = room.course
    (exercise,) = course.assignments[ASSIGNMENT].exercises
    for probe in build(exercise, course.secret, ASSIGNMENT).probes:
        for step in probe.steps:
            if isinstance(step, Put) and isinstance(step.value, Array):
                for number in step.value.data.ravel():
                    yield "a hidden input", f"{abs(float(number)):.12f}"[:_DIGITS]


def _leaks(
    room: Classroom, student: str, attack: Attack, secrets: list[tuple[str, str]]
) -> Iterator[str]:
    own, returned = _own(room, student), _returned(room, student)
    for what, known_by in secrets:
        if known_by in (own if what == HIDDEN_TEST else returned):
            yield f"{what} ({known_by})"
    if attack.reveals and (found := re.search(attack.reveals, _said(room, student))):
        yield found.group()[:200]
    for where, html in _pages(room, student) if attack.page else ():
        yield from (f"{where}: {each}" for each in acts(html))


def _own(room: Classroom, student: str) -> str:
    """What a student's own cells show. nbgrader itself shows hidden tests, beside their cells."""
    path = room.autograded(student)
    cells = nbformat.read(path, as_version=4).cells if path.exists() else []
    shown = [cell for cell in cells if not cell.metadata.get("nbgrader", {}).get("locked")]
    return "\n".join(f"{cell.source}\n{cell.get('outputs', '')}" for cell in shown)


def _said(room: Classroom, student: str) -> str:
    """Outputs and notes of an autograded notebook, without what the student wrote."""
    path = room.autograded(student)
    cells = nbformat.read(path, as_version=4).cells if path.exists() else []
    notes = [cell.source for cell in cells if cell.source.startswith("**Notes on your file**")]
    return "\n".join([*notes, *(str(cell.get("outputs", "")) for cell in cells)])


def _pages(room: Classroom, student: str) -> Iterator[tuple[str, str]]:
    """The pages that a browser shows of this student: feedback, and formgrader's."""
    if not room.autograded(student).exists():
        return
    if room.feedback(student).exists():
        yield "feedback", room.feedback(student).read_text(encoding="utf-8")
    config = copy.deepcopy(room.config)
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    resources = dict.fromkeys(("student", "assignment_id", "notebook_id", "base_url"), student)
    resources |= {"index": 0, "total": 1, "submission_id": "0", "notebook_path": "ps1.ipynb"}
    resources |= {"first_name": None, "last_name": None}
    page, _ = HTMLExporter(config=config).from_filename(
        str(room.autograded(student)), resources=resources
    )
    yield "formgrader", page


def _returned(room: Classroom, student: str) -> str:
    """All that a student gets to see: the autograded notebook, what lies beside it, feedback."""
    folder, page = room.autograded(student).parent, room.feedback(student)
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    files += [page] if page.exists() else []
    return "\n".join(path.read_text("utf-8", "replace") for path in files)


def _reached(heard: list[str], attack: Attack) -> Iterator[str]:
    yield from (f"the network: {said}" for said in heard if attack.name in said)
