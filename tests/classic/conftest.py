"""Courses of plain nbgrader assignments, graded by nbgrader's own autograder and by ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI

from autograder.course import Course
from autograder.engine import many
from autograder.engine.record import open_gradebook
from autograder.records import Result
from autograder.sandbox.rungs import SandboxUnavailable, choose

ASSIGNMENT = "ps1"
BIN = Path(sys.executable).parent

STOCK = "c = get_config()\nc.Execute.timeout = 10\n{settings}\n"
OURS = STOCK + "from autograder import configure\nconfigure(c, isolation={isolation!r}{more})\n"

Change: TypeAlias = Callable[[NotebookNode], None]


@dataclass(frozen=True)
class Marks:
    """What a gradebook holds of one student: by (notebook, cell) the score and who has to look."""

    scores: dict[tuple[str, str], tuple[float | None, bool]]
    comments: dict[tuple[str, str], str | None]
    penalties: dict[str, float | None]

    @property
    def total(self) -> float:
        return sum(score or 0.0 for score, _ in self.scores.values())

    def of(self, cell: str) -> float | None:
        return next(score for (_, name), (score, _) in self.scores.items() if name == cell)


class Classic:
    """A course in a folder of its own, without anything of ours until it is graded by `ours`."""

    def __init__(self, root: Path, isolation: str) -> None:
        self.root, self._isolation = root, isolation
        self.settings, self.more = "", ""
        self.kernel, self.language = "python3", "python"

    def source(self, notebooks: dict[str, Iterable[NotebookNode]], **files: str) -> None:
        folder = self.root / "source" / ASSIGNMENT
        folder.mkdir(parents=True)
        for name, cells in notebooks.items():
            notebook = nbformat.v4.new_notebook(cells=list(cells))
            notebook.metadata.kernelspec = {"name": self.kernel, "display_name": self.kernel}
            notebook.metadata.kernelspec["language"] = self.language
            notebook.metadata.language_info = {"name": self.language}
            nbformat.write(notebook, folder / f"{name}.ipynb")
        for name, text in files.items():
            (folder / name.replace("_", ".")).write_text(text)

    def release(self) -> None:
        """Release as stock nbgrader does."""
        open_gradebook(self.course()).dispose()  # finds alembic without an activated environment
        self.configure_stock()
        made = self.api().generate_assignment(ASSIGNMENT)
        assert made["success"], made

    def configure_stock(self) -> None:
        """Without anything of ours."""
        self.configure(STOCK)

    def configure(self, template: str) -> None:
        config = template.format(settings=self.settings, isolation=self._isolation, more=self.more)
        (self.root / "nbgrader_config.py").write_text(config)

    def api(self) -> NbGraderAPI:
        course = self.nbgrader()
        return NbGraderAPI(course.coursedir, parent=course)

    def nbgrader(self) -> Any:
        from nbgrader.apps.baseapp import NbGrader

        app = NbGrader(log_level="ERROR")
        app.load_cwd_config = False
        app.initialize([], root=str(self.root))
        return app

    def hand_in(
        self,
        student: str,
        changes: dict[str, Change] | None = None,
        without: Iterable[str] = (),
        timestamp: str = "",
    ) -> Path:
        """Hand in the released folder, with changes by notebook and without some of its files."""
        folder = self.root / "submitted" / student / ASSIGNMENT
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.root / "release" / ASSIGNMENT, folder)
        for name, change in (changes or {}).items():
            notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
            change(notebook)
            nbformat.write(notebook, folder / f"{name}.ipynb")
        for name in without:
            (folder / name).unlink()
        if timestamp:
            (folder / "timestamp.txt").write_text(timestamp)
        return folder

    def stock(self, *options: str) -> dict[str, Marks]:
        """Everybody's marks by stock nbgrader; who could not be graded is not among them."""
        self.configure_stock()
        self.nbgrader_command("autograde", ASSIGNMENT, *options)
        return self.marks()

    def nbgrader_command(self, *command: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(BIN), os.environ["PATH"]])
        return subprocess.run(
            [BIN / "nbgrader", *command], cwd=self.root, env=os.environ | {"PATH": path},
            capture_output=True, text=True, timeout=900,
        )  # fmt: skip

    def ours(self, **options: Any) -> dict[str, Marks]:
        """Everybody's marks by our engine, with nothing but `configure(c)` added."""
        self.results(**options)
        return self.marks()

    def results(self, **options: Any) -> list[Result]:
        self.configure(OURS)
        results = many.grade(Course.load(self.root), ASSIGNMENT, **options)
        assert not [each.error for each in results if each.error]
        return results

    def course(self) -> Course:
        self.configure(OURS)
        return Course.load(self.root)

    def copy(self, root: Path) -> Classic:
        made = Classic(shutil.copytree(self.root, root), self._isolation)
        made.settings, made.more = self.settings, self.more
        return made

    def gradebook(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.root / 'gradebook.db'}")

    def marks(self) -> dict[str, Marks]:
        with self.gradebook() as book:
            submissions = book.find_assignment(ASSIGNMENT).submissions
            return {
                each.student.id: _marks(each)
                for each in submissions
                if (self.root / "autograded" / each.student.id / ASSIGNMENT).is_dir()
            }


def _marks(submission: Any) -> Marks:
    return Marks(
        {
            (notebook.name, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for notebook in submission.notebooks
            for grade in notebook.grades
        },
        {
            (notebook.name, comment.name): comment.auto_comment
            for notebook in submission.notebooks
            for comment in notebook.comments
        },
        {each.name: each.late_submission_penalty for each in submission.notebooks},
    )


@pytest.fixture(scope="session")
def isolation() -> str:
    """The best that this machine has; these classes are ours, so `none` will do."""
    try:
        return choose("auto").name
    except SandboxUnavailable:
        return "none"


@pytest.fixture(scope="module")
def new_course(tmp_path_factory: pytest.TempPathFactory, isolation: str) -> Callable[[], Classic]:
    """Makes an empty course."""
    return lambda: Classic(tmp_path_factory.mktemp("classic"), isolation)


def _cell(cell: NotebookNode, grade_id: str, **flags: Any) -> NotebookNode:
    plain = {"grade": False, "solution": False, "locked": False, "task": False}
    cell.metadata["nbgrader"] = plain | {"schema_version": 3, "grade_id": grade_id} | flags
    return cell


@pytest.fixture(scope="session")
def code() -> Callable[..., NotebookNode]:
    """Makes a code cell; with a grade_id, one of nbgrader's."""

    def make(source: str, grade_id: str = "", **flags: Any) -> NotebookNode:
        cell = nbformat.v4.new_code_cell(source)
        return _cell(cell, grade_id, **flags) if grade_id else cell

    return make


@pytest.fixture(scope="session")
def text() -> Callable[..., NotebookNode]:
    """Makes a Markdown cell; with a grade_id, one of nbgrader's."""

    def make(source: str, grade_id: str = "", **flags: Any) -> NotebookNode:
        cell = nbformat.v4.new_markdown_cell(source)
        return _cell(cell, grade_id, **flags) if grade_id else cell

    return make


@pytest.fixture(scope="session")
def write() -> Callable[..., Change]:
    """Makes the change that writes these texts into the cells with these grade_ids."""

    def make(**sources: str) -> Change:
        def change(notebook: NotebookNode) -> None:
            for cell in notebook.cells:
                grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
                if grade_id in sources:
                    cell.source = sources[grade_id]

        return change

    return make
