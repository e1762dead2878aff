"""The demo: a course from release to report, with an example class, in a folder of its own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from autograder.course import Course, init
from autograder.demo.students import CLASS, hand_in
from autograder.engine import journal, many
from autograder.errors import UsageError
from autograder.exercises import ASSIGNMENTS
from autograder.feedback.generate import generate
from autograder.records import Limits
from autograder.release import release
from autograder.report import page, rows, terminal
from autograder.sandbox.rungs import SandboxUnavailable, choose

ASSIGNMENT = "02_distillation_loss"
MARK = Path(".autograder") / "demo"
LIMITS = Limits(cell_seconds=5.0, probe_seconds=2.0, notebook_seconds=60.0)


def run(folder: Path, out: Console) -> None:
    """Make the course folder anew, and play every step; ends with a table and paths to open."""
    isolation = _isolation(out)
    course = _fresh_course(folder, isolation)
    steps = len(CLASS) * 2 + 2
    with Progress(
        TextColumn("{task.description:<28}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=out,
        disable=not sys.stdout.isatty(),
        transient=True,
    ) as bar:
        task = bar.add_task("releasing", total=steps)
        made = release(course, ASSIGNMENT)
        bar.update(task, advance=1, description="handing in")
        _hand_in(course, made.folder)
        bar.update(task, advance=1, description="grading")
        results = many.grade(
            course,
            ASSIGNMENT,
            force=True,
            progress=lambda now: bar.update(task, advance=1 if now.result else 0),
        )
        bar.update(task, description="writing feedback")
        students = [each.student for each in results]
        pages = generate(course, ASSIGNMENT, students, lambda _: bar.advance(task))
    report = page.write(course, ASSIGNMENT)
    entries = [journal.summary(each) for each in results]
    out.print(terminal.table(rows.rows(entries), f"{ASSIGNMENT}: who got what, and why"))
    _where(out, course, report, [page for page in pages.values() if isinstance(page, Path)])


def _isolation(out: Console) -> str:
    """The best isolation to be had; the demo's class is ours, so it goes on without any."""
    try:
        chosen = choose("auto")
    except SandboxUnavailable:
        out.print(
            "Isolation: none. This machine refuses namespaces, so the demo's own class runs without"
            " a sandbox. Real submissions are not graded so unless you ask for --isolation none."
        )
        return "none"
    out.print(f"Isolation: {chosen.name}. {chosen.says}")
    return "auto"


def _fresh_course(folder: Path, isolation: str) -> Course:
    if folder.exists() and not (folder / MARK).exists():
        raise UsageError(f"{folder} exists and is not a demo course: give another folder")
    shutil.rmtree(folder, ignore_errors=True)
    root = init(folder, isolation=isolation, limits=LIMITS)
    (root / MARK).touch()
    return Course.load(root)


def _hand_in(course: Course, release_folder: Path) -> None:
    assignment = ASSIGNMENTS[ASSIGNMENT]
    key = {each.id: each.key for each in assignment.questions if each.automatic}
    for student in CLASS:
        folder = course.submission_folder(student.id, ASSIGNMENT)
        hand_in(student, release_folder / f"{ASSIGNMENT}.ipynb", key, folder)


def _where(out: Console, course: Course, report: Path, pages: list[Path]) -> None:
    lines = [
        ("class report", report),
        ("gradebook", course.root / "gradebook.db"),
        ("students' release", course.release_folder(ASSIGNMENT)),
        ("autograded notebooks", course.root / "autograded"),
    ]
    if pages:
        lines.append(("feedback, for example", pages[0] / f"{ASSIGNMENT}.html"))
    out.print("\nTo open:")
    for what, path in lines:
        out.print(f"  {what:<22} {path}", highlight=False, soft_wrap=True)
    out.print("As a student: make lab. As an instructor: make grader.")
