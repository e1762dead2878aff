"""The rungs of isolation that this machine has, and how a class of attackers fares on one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from harness import findings
from harness.classroom import opened
from harness.corpus import Attack
from harness.findings import Findings
from harness.lessons import MIXED, Lesson
from harness.witnesses import KINDS

from autograder.sandbox.isolation import Rung
from autograder.sandbox.rungs import SandboxUnavailable, choose

NAMES = tuple(name for name in get_args(Rung) if name != "none")


def why_not(name: str) -> str:
    """Why a rung is not to be had here, "" if it is."""
    try:
        choose(name)  # type: ignore[arg-type]
    except SandboxUnavailable as error:
        return next(line for line in str(error).splitlines() if line.startswith("-"))
    return ""


def attack(
    place: Path,
    isolation: str,
    attacks: Sequence[Attack],
    *,
    lesson: Lesson = MIXED,
    pages: bool = False,
) -> Findings:
    """Grade honest students alone, then a class with these attackers in it, and look.

    With `pages`, feedback is written for all attackers; else for those that aim at a page.
    """
    with opened(place / f"{isolation}-{lesson.name}-alone", isolation, lesson) as room:
        room.seat(())
        room.grade()
        got = findings.marks(room)
        alone = {kind: got[student] for student, kind in room.honest.items()}
    assert alone.keys() == KINDS.keys()
    with opened(place / f"{isolation}-{lesson.name}", isolation, lesson) as room:
        told = findings.structure(room)
        room.seat(attacks)
        room.grade()
        readers = [s for s, each in room.attackers.items() if pages or each.page]
        room.write_feedback(readers)
        return findings.look(room, alone, told)
