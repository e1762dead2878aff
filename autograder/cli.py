"""The command line: `autograder --help` reads like the flows.

Exit status: 0 all is well (short answers that wait for a reader are no failure), 1 some submission
could not be graded, 2 wrong usage, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Column
from rich.text import Text

if TYPE_CHECKING:
    from autograder.engine.many import Progress as GradingProgress
    from autograder.records import Result

app = typer.Typer(
    name="autograder",
    help="Release assignments, grade what comes back, and say which mistake it was.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_OBJECTS = 50_000  # between two looks for garbage: imports and tables are none, and are looked at
PLAIN_WIDTH = 120  # where there is no terminal to ask
out = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH)
err = Console(stderr=True)

CourseOption = Annotated[
    Path, typer.Option("--course", "-C", help="The course folder.", show_default="this folder")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
StudentOption = Annotated[
    list[str] | None, typer.Option("--student", help="Only this student; may be repeated.")
]
IsolationOption = Annotated[
    Literal["auto", "namespaces", "none"] | None,
    typer.Option(help="auto, namespaces or none; none promises nothing.", show_default="course's"),
]
HERE = Path(".")


def main() -> None:
    """Run the command line."""
    gc.set_threshold(_OBJECTS)
    _spare_a_grammar()
    app()


def _spare_a_grammar() -> None:
    """Keep jsonschema, which nbformat brings, from compiling the grammar of IRIs for a second.

    It does without where the package is not installed; no schema of a notebook has an IRI in it.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make the course in.")],
) -> None:
    """Start a course: its folder, configuration, secret and source notebooks."""
    from autograder.scaffold import init as make

    with _usage_errors():
        made = make(folder)
    out.print(
        f"The course folder {made} is ready. Next: cd {made} && autograder release ASSIGNMENT"
    )


@app.command()
def release(
    assignment: str,
    course: CourseOption = HERE,
    wheel_url: Annotated[
        str, typer.Option(help="Where students without the wheel beside them find it.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Make the students' copy: the notebook without solutions, and the students' wheel."""
    from autograder.course import Course
    from autograder.release import release as make

    with _usage_errors():
        made = make(Course.load(course), assignment, wheel_url=wheel_url)
    files = sorted(str(path) for path in made.folder.iterdir())
    if as_json:
        print(json.dumps({"assignment": assignment, "folder": str(made.folder), "files": files}))
    else:
        out.print(f"Released {assignment} to {made.folder}:")
        for name in files:
            out.print(f"  {name}", highlight=False)


@app.command()
def grade(
    assignment: str,
    course: CourseOption = HERE,
    student: StudentOption = None,
    force: Annotated[bool, typer.Option(help="Grade again what was graded already.")] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help="So many at a time.")] = None,
    isolation: IsolationOption = None,
    gpu: Annotated[
        bool | None,
        typer.Option(
            "--gpu/--no-gpu",
            help="Let notebooks use the NVIDIA GPUs of this machine.",
            show_default="course's",
        ),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Run students' code on the workers of this Dask scheduler.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Grade submissions: run them in a sandbox, judge outside, fill nbgrader's gradebook.

    A run that was stopped or killed goes on where it was when the command is given again.
    """
    from autograder.course import Course
    from autograder.engine import journal, many
    from autograder.report import rows, terminal

    with _usage_errors():
        opened = Course.load(course)
        if isolation:
            opened = replace(opened, isolation=isolation)
        if gpu is not None:
            opened = replace(opened, gpu=gpu)
        run = many.stream(opened, assignment, student, force=force, jobs=jobs, scheduler=scheduler)
        made: list[rows.Row] = []  # not the results: a class may be large
        lines: dict[str, str] = {}
        failed: list[str] = []
        for result in _followed(run, f"grading {assignment}"):
            entry = journal.summary(result)
            if as_json:
                lines[result.student] = json.dumps(entry, ensure_ascii=False, default=repr)
            made += rows.rows([entry])
            if not result.graded:
                failed.append(result.student)
    if as_json:
        print(f"[{', '.join(line for _, line in sorted(lines.items()))}]")
    elif made:
        made.sort(key=lambda row: row.student)
        out.print(terminal.table(made, assignment))
    else:
        out.print("Nothing to grade: everything was graded already (--force grades again).")
    if failed:
        names = ", ".join(sorted(failed))
        err.print(f"{len(failed)} of {len(made)} could not be graded: {names}")
        raise typer.Exit(1)


def _followed(run: Generator[GradingProgress], title: str) -> Iterator[Result]:
    """The results of a run, while its progress is shown. Ctrl-C ends it, and says what to do."""
    with _bar(title, *FAILURES_AND_RATE) as (bar, task), closing(run):
        try:
            for now in run:
                bar.update(task, completed=now.done, total=now.total, failed=now.failed)
                if now.result is not None:
                    yield now.result
        except KeyboardInterrupt:
            err.print("Stopped. What was graded is recorded: the same command goes on from there.")
            raise typer.Exit(130) from None


@app.command()
def feedback(assignment: str, course: CourseOption = HERE, student: StudentOption = None) -> None:
    """Write the feedback pages for students."""
    from autograder.course import Course
    from autograder.engine import journal
    from autograder.feedback.generate import generate

    with _usage_errors():
        opened = Course.load(course)
        students = student or list(journal.latest(opened, assignment))
        with _bar(f"feedback on {assignment}", total=len(students)) as (bar, task):
            pages = generate(opened, assignment, students, lambda _: bar.advance(task))
    failed = {name: said for name, said in pages.items() if isinstance(said, str)}
    out.print(f"Feedback for {len(pages) - len(failed)} students in {opened.root / 'feedback'}")
    for name, said in failed.items():
        err.print(f"{name}: no feedback: {said}")
    if failed:
        raise typer.Exit(1)


@app.command()
def report(
    assignment: Annotated[
        str | None, typer.Argument(help="The assignment.", show_default="the whole course")
    ] = None,
    course: CourseOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Write and show a report: who got what and why; which wrong ideas are unlearned by now."""
    from autograder.course import Course
    from autograder.engine import journal
    from autograder.report import course_page, page, rows, terminal

    with _usage_errors():
        opened = Course.load(course)
        if assignment is None:
            entries: Any = journal.everything(opened)
            shown = terminal.course_tables(opened.assignments, entries)
            path = course_page.write(opened, entries)
        else:
            entries = list(journal.latest(opened, assignment).values())
            shown = [terminal.table(rows.rows(entries), assignment)]
            path = page.write(opened, assignment)
    if as_json:
        print(json.dumps(entries, ensure_ascii=False))
        return
    for each in shown:
        out.print(each)
    out.print(f"The report: {path}")


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="The folder to make the demo course in.")] = Path(
        "demo-course"
    ),
) -> None:
    """Play the whole course once: release, an example class, grades, feedback, report."""
    from autograder.demo.run import run

    with _usage_errors():
        run(folder, out)


@app.command()
def check_exercise(
    exercise: str,
    right: Annotated[
        Path | None, typer.Option(help="A folder of other right solutions, one .py file each.")
    ] = None,
) -> None:
    """Examine an exercise (for authors): what its cases miss, and whom they wrong."""
    import nbformat

    from autograder.exercises import ASSIGNMENTS, find_exercise
    from autograder.exercises.examine import examine, solution_of
    from autograder.report.examination import tables
    from autograder.shipped import shipped

    with _usage_errors():
        found = find_exercise(exercise)
        assignment = next(a.id for a in ASSIGNMENTS.values() if found in a.exercises)
        path = shipped("notebooks") / assignment / f"{assignment}.ipynb"
        solution, around = solution_of(nbformat.read(path, as_version=4), found)
        others = {p.stem: p.read_text() for p in sorted(right.glob("*.py"))} if right else {}
        result = examine(found, assignment, solution, others, around)
    for table in tables(result):
        out.print(table)
    if result.failures or result.survivors:
        raise typer.Exit(1)


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(help="The data folder of course_lib.")] = Path(
        "course_lib/data"
    ),
) -> None:
    """Write what students' self-checks know: public cases and texts (for authors of exercises)."""
    from autograder.exercises import ASSIGNMENTS
    from autograder.exercises.publish import publish as write

    write(ASSIGNMENTS.values(), folder)
    out.print(f"Wrote the public data of {len(ASSIGNMENTS)} assignments to {folder}")


@contextmanager
def _usage_errors() -> Iterator[None]:
    """Turn errors that the user can mend into one clear message and exit status 2."""
    from autograder.errors import UsageError

    try:
        yield
    except UsageError as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    err.print(f"autograder: {message}", highlight=False, style="red")
    raise typer.Exit(2)


class Rate(ProgressColumn):
    """How many are done in a minute, as of late."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed * 60:.0f}/min" if task.speed else "")


FAILURES_AND_RATE = (
    TextColumn("[red]{task.fields[failed]} failed", table_column=Column(no_wrap=True)),
    Rate(),
)


@contextmanager
def _bar(
    title: str, *more: ProgressColumn, total: int | None = None
) -> Iterator[tuple[Progress, TaskID]]:
    """A progress bar on a terminal, and nothing elsewhere."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        *more,
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, disable=not sys.stderr.isatty(), transient=True) as bar:
        yield bar, bar.add_task(title, total=total, failed=0)
