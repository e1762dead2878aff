"""A line of JSON for each graded submission: what reports read, and what a rerun goes by."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.records import CellVerdict, NotebookResult, Result


def append(course: Course, result: Result, token: str = "") -> None:
    """Add a result to the assignment's journal: all of its line, or nothing.

    `token` is that of the autograded folder which is about to be put in place.
    """
    path = _path(course, result.assignment)
    path.parent.mkdir(parents=True, exist_ok=True)
    entry = summary(result) | ({"token": token} if token else {})
    line = json.dumps(entry, ensure_ascii=False, default=repr).encode("utf-8", "replace") + b"\n"
    with path.open("a+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size and os.pread(file.fileno(), 1, size - 1) != b"\n":  # a line cut short by a crash
            line = b"\n" + line
        try:
            if file.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError:
            file.truncate(size)
            raise


def entries(course: Course, assignment: str, after: int = 0) -> Iterator[dict[str, Any]]:
    """All entries in the order in which they were written, also those that later ones replaced.

    With `after`, only those that were written when the journal had that size already.
    """
    return _entries(_lines(_path(course, assignment), after))


def size(course: Course, assignment: str) -> int:
    """How long the journal is, in bytes."""
    path = _path(course, assignment)
    return path.stat().st_size if path.exists() else 0


def latest(course: Course, assignment: str) -> dict[str, dict[str, Any]]:
    """The latest entry of each student, by student id. A line cut short by a crash is ignored."""
    found = {each["student"]: each for each in entries(course, assignment)}
    return dict(sorted(found.items()))


def tokens(course: Course, assignment: str) -> dict[str, str]:
    """By student, the token of the autograded folder that was recorded last."""
    recorded = (each for each in entries(course, assignment) if each.get("token"))
    return {each["student"]: each["token"] for each in recorded}


def of_student(course: Course, student: str) -> list[dict[str, Any]]:
    """The latest entries of one student, one for each assignment that was graded."""
    marker = json.dumps(student, ensure_ascii=False)  # to parse few lines of many
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(_folder(course).glob("*.jsonl")):
        for entry in _entries(line for line in _lines(path) if marker in line):
            if entry["student"] == student:
                found[entry["assignment"]] = entry
    return list(found.values())


def everything(course: Course) -> dict[str, list[dict[str, Any]]]:
    """The latest entries of all students, by student id."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(_folder(course).glob("*.jsonl")):
        for student, entry in latest(course, path.stem).items():
            found.setdefault(student, []).append(entry)
    return dict(sorted(found.items()))


def _lines(path: Path, after: int = 0) -> Iterator[str]:
    """Line by line: the journal of a large class is read in no more memory than its entries."""
    if path.exists():
        with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
            file.seek(after)
            yield from file


def _entries(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            yield json.loads(line)
        except ValueError:  # cut short by a crash
            continue


def _folder(course: Course) -> Path:
    return course.root / ".autograder" / "journal"


def _path(course: Course, assignment: str) -> Path:
    return _folder(course) / f"{assignment}.jsonl"


def summary(result: Result) -> dict[str, Any]:
    """A result as plain data: points, reasons, names of mistakes, problems, time and isolation."""
    return {
        "student": result.student,
        "assignment": result.assignment,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "graded": result.graded,
        "error": result.error,
        "points": result.points,
        "max_points": result.max_points,
        "seconds": round(result.seconds, 3),
        "notebooks": [_notebook(each) for each in result.notebooks],
    }


def _notebook(result: NotebookResult) -> Mapping[str, Any]:
    return {
        "name": result.name,
        "digest": result.digest,
        "isolation": result.rung,
        "seconds": round(result.seconds, 3),
        "memory_bytes": result.memory_bytes,
        "problems": [{"kind": p.kind, "says": p.says} for p in result.verdict.problems],
        "cells": [_cell(each) for each in result.verdict.cells],
    }


def _cell(verdict: CellVerdict) -> Mapping[str, Any]:
    entry: dict[str, Any] = {
        "grade_id": verdict.grade_id,
        "kind": verdict.kind,
        "points": verdict.points,
        "max_points": verdict.max_points,
        "reason": verdict.reason,
    }
    if verdict.assessment:
        assessment = verdict.assessment
        entry["state"] = assessment.state
        entry["mistakes"] = list(assessment.diagnosis.mistakes)
        failed = [each for each in assessment.properties if each.property.points and not each.holds]
        entry["failed"] = [each.property.id for each in failed]
        entry["fault"] = next((each.reason for each in failed if each.property.core), "")
    if verdict.question:
        entry["answer"] = verdict.question.answer
        entry["misconceptions"] = list(verdict.question.misconceptions)
    return entry
