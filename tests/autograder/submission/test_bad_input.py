"""What is handed in in place of a notebook or beside one gets a clear verdict; nobody suffers.

A maker gets the folder of a submission, in which a sound notebook lies, and spoils it.
"""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import shutil
import socket
import stat
import tarfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import nbformat
import pytest

from autograder.course import Course
from autograder.engine import many, released
from autograder.engine.record import students_in_gradebook
from autograder.judge.verdict import nothing
from autograder.records import Result, Submission
from autograder.sandbox.rungs import SandboxUnavailable, choose
from autograder.submission.intake import read
from autograder.submission.rebuild import rebuild

NAME = "ps1.ipynb"
MEGABYTE = 1 << 20

Maker: TypeAlias = Callable[[Path], object]


@dataclass(frozen=True)
class Bad:
    """`kind` of the problem that is named, "" for none; `read`: whether it is graded all the same.

    `advice`: a word of what the student is told to do.
    """

    name: str
    make: Maker
    kind: str
    read: bool = False
    advice: str = ""


# -- makers ----------------------------------------------------------------------------------


def data(content: bytes) -> Maker:
    return lambda folder: (folder / NAME).write_bytes(content)


def text(change: Callable[[str], str | bytes]) -> Maker:
    """Changes the file's text."""

    def make(folder: Path) -> None:
        made = change((folder / NAME).read_text())
        (folder / NAME).write_bytes(made.encode() if isinstance(made, str) else made)

    return make


def tree(change: Callable[[Any], Any]) -> Maker:
    """Changes the file's JSON in place."""

    def make(folder: Path) -> None:
        document = json.loads((folder / NAME).read_text())
        change(document)
        (folder / NAME).write_text(json.dumps(document))

    return make


def first_cell(**changes: Any) -> Maker:
    return tree(lambda document: document["cells"][0].update(changes))


def instead(make: Callable[[Path], object]) -> Maker:
    """Puts something else where the notebook was."""

    def remake(folder: Path) -> None:
        (folder / NAME).unlink()
        make(folder / NAME)

    return remake


def beside(name: str, content: bytes) -> Maker:
    def make(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)

    return make


def truncated(share: float) -> Maker:
    return text(lambda whole: whole[: int(len(whole) * share)])


def conflict(whole: str) -> str:
    head, tail = whole.split('"cells"', 1)
    return f'{head}\n<<<<<<< HEAD\n"cells"\n=======\n"cells"\n>>>>>>> main\n{tail}'


def sparse(size: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def bind(path: Path) -> None:
    """A socket; its address is short because the path may be too long for one."""
    here = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def old_format(version: int) -> Maker:
    def make(folder: Path) -> None:
        notebook = nbformat.read(folder / NAME, as_version=4)
        nbformat.write(nbformat.convert(notebook, version), folder / NAME, version=version)

    return make


def without_ids(document: Any) -> None:
    document["nbformat_minor"] = 0
    for cell in document["cells"]:
        cell.pop("id", None)


def same_ids(document: Any) -> None:
    for cell in document["cells"]:
        cell["id"] = "same"


def deep(levels: int) -> dict[str, Any]:
    value: Any = 0
    for _ in range(levels):
        value = [value]
    return {"deep": value}


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def traversing_zip() -> bytes:
    return zipped(**{"../../../../gradebook.db": b"mine", "/etc/passwd": b"mine"})


def linking_tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        link = tarfile.TarInfo("ps1.ipynb")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return file.getvalue()


def many_files(folder: Path) -> None:
    for number in range(500):
        (folder / f"{number}.txt").touch()


def deep_folder(folder: Path) -> None:
    (folder / Path(*["d"] * 60)).mkdir(parents=True)


ZEROS = bytes(20 * MEGABYTE)
SAVE, HAND_IN, CLEAR = "save it", "and in", "Clear all outputs"

# -- what is handed in -----------------------------------------------------------------------

UNREADABLE = [
    Bad("empty", data(b""), "empty", advice=SAVE),
    Bad("white space", data(b" \r\n\t" * 50), "empty", advice=SAVE),
    Bad("zeros after a crash", data(bytes(4096)), "empty", advice=SAVE),
    Bad("truncated early", truncated(0.1), "truncated", advice=SAVE),
    Bad("truncated late", truncated(0.98), "truncated", advice=SAVE),
    Bad("merge conflict", text(conflict), "merge_conflict", advice="nbdime"),
    Bad("a bracket lost", text(lambda t: t.replace("}", "", 1)), "truncated", advice=SAVE),
    Bad("a quote lost", text(lambda t: t.replace('"', "", 1)), "not_json", advice=SAVE),
    Bad("Python's notation", text(lambda t: repr(json.loads(t))), "not_json", advice=SAVE),
    Bad("an essay", data(b"I did not do it."), "not_json", advice=SAVE),
    Bad("a huge number", data(b"9" * 10_000), "not_json", advice=SAVE),
    Bad("an open string", data(b'"' + b'\\"' * MEGABYTE), "not_json", advice=SAVE),
    Bad("random bytes", data(bytes(range(255, 0, -1)) * 20), "not_json", advice=SAVE),
    # other files
    Bad("zip", data(zipped(**{NAME: b"{}"})), "not_a_notebook"),
    Bad("zip bomb", data(zipped(**{NAME: ZEROS})), "not_a_notebook"),
    Bad("zip that leaves its folder", data(traversing_zip()), "not_a_notebook"),
    Bad("gzip bomb", data(gzip.compress(ZEROS)), "not_a_notebook"),
    Bad("xz bomb", data(lzma.compress(ZEROS)), "not_a_notebook"),
    Bad("tar with a link", data(linking_tar()), "not_a_notebook"),
    Bad("PDF", data(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "not_a_notebook"),
    Bad("picture", data(b"\x89PNG\r\n\x1a\n" + bytes(50)), "not_a_notebook"),
    Bad("web page", data(b"<!doctype html><html><body>Sign in</body></html>"), "not_a_notebook"),
    Bad("Git LFS pointer", data(b"version https://git-lfs.github.com/spec/v1\n"), "not_a_notebook"),
    Bad("Python file", data(b"import torch\n\ndef f():\n    pass\n"), "not_a_notebook"),
    # JSON, but no notebook
    Bad("a list", data(b"[1, 2]"), "not_a_notebook", advice=HAND_IN),
    Bad("null", data(b"null"), "not_a_notebook", advice=HAND_IN),
    Bad("a number", data(b"4.5"), "not_a_notebook", advice=HAND_IN),
    Bad("no cells", tree(lambda d: d.pop("cells")), "not_a_notebook", advice=HAND_IN),
    Bad("cells as an object", tree(lambda d: d.update(cells={})), "not_a_notebook", advice=HAND_IN),
    Bad("format 5", tree(lambda d: d.update(nbformat=5)), "newer_format"),
    Bad("broken format 3", data(b'{"nbformat": 3, "worksheets": [{"cells": [7]}]}'), "old_format"),
    # too much of it
    Bad("deep nesting", tree(lambda d: d["metadata"].update(deep(400))), "too_deep", advice=SAVE),
    Bad("a million brackets", data(b"[" * MEGABYTE), "too_much", advice=CLEAR),
    Bad("millions of values", data(b"[" + b"0," * (7 << 20) + b"0]"), "too_much", advice=CLEAR),
    Bad("2,000 cells", tree(lambda d: d["cells"].extend([{}] * 2000)), "too_many_cells"),
    Bad("65 MB", instead(sparse(65 * MEGABYTE)), "too_big", advice=CLEAR),
    # no file
    Bad("missing", lambda folder: (folder / NAME).unlink(), "missing", advice=NAME),
    Bad("another name", lambda f: (f / NAME).rename(f / "ps1 (1).ipynb"), "missing", advice=NAME),
    Bad("a link", instead(lambda path: path.symlink_to("/etc/passwd")), "link", advice=HAND_IN),
    Bad("a dangling link", instead(lambda path: path.symlink_to("no")), "link", advice=HAND_IN),
    Bad("a link to itself", instead(lambda path: path.symlink_to(path)), "link", advice=HAND_IN),
    Bad("a folder", instead(os.mkdir), "not_a_file", advice=HAND_IN),
    Bad("a pipe", instead(os.mkfifo), "not_a_file", advice=HAND_IN),
    Bad("a socket", instead(bind), "not_readable", advice="in again"),
    Bad("a link to a device", instead(lambda path: path.symlink_to("/dev/zero")), "link"),
]  # fmt: skip

READ = [
    Bad("byte order mark", text(lambda t: t.encode("utf-8-sig")), "byte_order_mark", True),
    Bad("UTF-16", text(lambda t: t.encode("utf-16")), "byte_order_mark", True),
    Bad("Latin-1", text(lambda t: t.replace("# @", "# caf\xe9 @", 1).encode("latin-1")),
        "bad_characters", True),
    Bad("a lone surrogate", first_cell(source="x = '\ud800'"), "bad_characters", True),
    Bad("a key twice", text(lambda t: t.replace("{", '{"metadata": 7,', 1)), "repeated_keys", True),
    Bad("format 3", old_format(3), "", True),
    Bad("format 4.0", tree(without_ids), "", True),
    Bad("the same id everywhere", tree(same_ids), "", True),
    Bad("format as text", tree(lambda d: d.update(nbformat="4")), "", True),
    Bad("source is a number", first_cell(source=7), "damaged_cells", True),
    Bad("source is nothing", first_cell(source=None), "damaged_cells", True),
    Bad("lines that are no text", first_cell(source=["x = 1\n", 2, None]), "damaged_cells", True),
    Bad("an unknown type of cell", first_cell(cell_type="kode"), "damaged_cells", True),
    Bad("metadata is a list", first_cell(metadata=["no"]), "damaged_cells", True),
    Bad("cells are texts", tree(lambda d: d["cells"].append("print(1)")), "damaged_cells", True),
    Bad("NaN", first_cell(metadata={"x": float("nan")}), "", True),
    Bad("attachments of no type", first_cell(cell_type="markdown", attachments=7), "", True),
    Bad("kernel of no type", tree(lambda d: d["metadata"].update(kernelspec=[1])), "", True),
    Bad("outputs of no type", first_cell(outputs="none"), "", True),
    Bad("10 MB of pictures", first_cell(outputs=[{"data": {"image/png": "A" * 10 * MEGABYTE}}]),
        "", True),
    # beside a good notebook
    Bad("zip bomb beside", beside("data.zip", zipped(zeros=ZEROS)), "", True),
    Bad("traversing zip beside", beside("data.zip", traversing_zip()), "", True),
    Bad("a link beside", lambda f: (f / "key").symlink_to("/etc/passwd"), "files", True),
    Bad("a linked folder beside", lambda f: (f / "etc").symlink_to("/etc"), "", True),
    Bad("a pipe beside", lambda f: os.mkfifo(f / "pipe"), "files", True),
    Bad("500 files beside", many_files, "", True),
    Bad("folders 60 deep beside", deep_folder, "", True),
    Bad("a name of a strange kind beside", beside("a\n\x1b[31m\u202e.txt", b""), "", True),
    Bad("4 GB beside", lambda f: sparse(4096 * MEGABYTE)(f / "big.bin"), "files", True),
]  # fmt: skip

BAD_INPUTS = UNREADABLE + READ


# -- intake ----------------------------------------------------------------------------------


def ids(bad: Bad) -> str:
    return bad.name


@pytest.fixture
def handed_in(released_once: Path, tmp_path: Path) -> Path:
    """A submission that nobody has spoilt yet."""
    folder = tmp_path / "submitted"
    folder.mkdir()
    shutil.copy(released_once / "release" / "ps1" / NAME, folder)
    return folder


def test_there_are_many_and_no_two_are_alike() -> None:
    assert len({bad.name for bad in BAD_INPUTS}) == len(BAD_INPUTS) >= 40


@pytest.mark.parametrize("bad", BAD_INPUTS, ids=ids)
def test_each_gets_a_clear_verdict_and_is_left_as_it_was(handed_in: Path, bad: Bad) -> None:
    bad.make(handed_in)
    before = _contents(handed_in / NAME)
    began = time.monotonic()
    submission = read(handed_in / NAME, student="ada", assignment="ps1", name="ps1")
    assert time.monotonic() - began < 20
    assert _contents(handed_in / NAME) == before
    assert (submission.notebook is not None) == bad.read
    if submission.notebook is not None:
        nbformat.validate(submission.notebook, version=4, version_minor=5)
    if bad.kind != "files":  # said of what lies beside it, when that is copied
        assert {problem.kind for problem in submission.problems} == {bad.kind} - {""}
    for problem in submission.problems:
        assert problem.says
        assert bad.advice in problem.advice
        assert str(handed_in) not in problem.says + problem.advice


def _contents(path: Path) -> object:
    """What a path is, without following or opening what must not be."""
    if not os.path.lexists(path):
        return None
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > MEGABYTE:
        return (status.st_mode, status.st_size, status.st_mtime_ns)
    return path.read_bytes()


# -- a class with all of them ----------------------------------------------------------------


@pytest.fixture(scope="module")
def course(released_once: Path, tmp_path_factory: pytest.TempPathFactory, best: str) -> Course:
    """Each bad input is a student's, and two students hand in what is in order."""
    root = shutil.copytree(released_once, tmp_path_factory.mktemp("bad") / "course")
    made = replace(Course.load(root), isolation=best)
    for student in ("good", "zoe", *map(student_of, BAD_INPUTS)):
        folder = made.submission_folder(student, "ps1")
        folder.mkdir(parents=True)
        _solve(made.release_folder("ps1") / NAME, folder / NAME)
    for bad in BAD_INPUTS:
        bad.make(made.submission_folder(student_of(bad), "ps1"))
    return made


@pytest.fixture(scope="module")
def best() -> str:
    try:
        return choose("auto").name
    except SandboxUnavailable:
        return "none"


@pytest.fixture(scope="module")
def results(course: Course) -> dict[str, Result]:
    return {each.student: each for each in many.grade(course, "ps1")}


def student_of(bad: Bad) -> str:
    return "".join(each if each.isalnum() else "_" for each in bad.name)


def _solve(release: Path, path: Path) -> None:
    notebook = nbformat.read(release, as_version=4)
    for cell in notebook.cells:
        if cell.source.startswith("def triple"):
            cell.source = "def triple(x):\n    return 3 * x"
    nbformat.write(notebook, path)


def points(result: Result) -> float | None:
    return next(cell.points for cell in result.notebooks[0].verdict.cells if cell.grade_id == TEST)


TEST = "test_triple"


@pytest.mark.parametrize("student", ["good", "zoe"])
def test_others_are_graded_as_if_alone(results: dict[str, Result], student: str) -> None:
    assert results[student].graded
    assert points(results[student]) == 1
    assert not results[student].notebooks[0].verdict.problems


def test_everybody_is_graded_and_recorded(course: Course, results: dict[str, Result]) -> None:
    assert not {each.student: each.error for each in results.values() if each.error}
    assert results.keys() == set(course.students_of("ps1"))
    assert students_in_gradebook(course) == results.keys()


@pytest.mark.parametrize("bad", BAD_INPUTS, ids=ids)
def test_each_costs_what_cannot_be_read_and_no_more(
    course: Course, results: dict[str, Result], bad: Bad
) -> None:
    result = results[student_of(bad)]
    assert result.graded == bad.read
    assert points(result) == (1 if bad.read else 0)
    kinds = {problem.kind for problem in result.notebooks[0].verdict.problems}
    assert not bad.kind or bad.kind in kinds
    written = course.autograded_folder(student_of(bad), "ps1")
    shown = nbformat.read(written / NAME, as_version=4)
    assert not bad.kind or shown.cells[0].cell_type == "markdown"
    assert not [path for path in written.rglob("*") if not (path.is_file() or path.is_dir())]


def test_what_could_not_be_read_keeps_the_kinds_of_its_cells(course: Course) -> None:
    release = released.releases(course, "ps1")["ps1"]
    unread = Submission("ada", "ps1", "ps1", Path("ps1.ipynb"), None, "")
    assignment = course.assignments["ps1"]
    verdict = nothing(rebuild(release, unread), assignment)
    assert {cell.grade_id: cell.kind for cell in verdict.cells} == {
        "check_double": "exercise",
        "why": "question",
        "pairs": "question",
        "explain": "manual",
        "test_triple": "classic",
    }
    assert verdict.points == 0
    assert not verdict.waits_for_reader
