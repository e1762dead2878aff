"""Every file gets a clear verdict: what can be read is, and the rest says what to do."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.records import Submission
from autograder.submission.intake import IntakeLimits, read

CELL = {"cell_type": "code", "id": "a", "metadata": {}, "source": "x = 1", "outputs": []}


def document(*cells: Any, **changes: Any) -> dict[str, Any]:
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells or [CELL])}
    return whole | changes


def read_bytes(folder: Path, data: bytes, **limits: int) -> Submission:
    path = folder / "hw.ipynb"
    path.write_bytes(data)
    return read(path, student="ada", assignment="hw", name="hw", limits=IntakeLimits(**limits))


def read_json(folder: Path, value: Any, **limits: int) -> Submission:
    return read_bytes(folder, json.dumps(value).encode(), **limits)


def kinds(submission: Submission) -> list[str]:
    return [problem.kind for problem in submission.problems]


def sources(submission: Submission) -> list[str]:
    assert submission.notebook is not None
    return [cell.source for cell in submission.notebook.cells]


def assert_sound(submission: Submission) -> None:
    """Fatal or readable; readable means valid, writable, without outputs."""
    fatal = [problem for problem in submission.problems if problem.fatal]
    assert (submission.notebook is None) == bool(fatal)
    assert all(
        p.says and p.advice and str(submission.path.parent) not in p.says + p.advice
        for p in submission.problems
    )
    if submission.notebook is not None:
        nbformat.validate(submission.notebook, version=4, version_minor=5)
        nbformat.writes(submission.notebook).encode("utf-8")
        assert not any(cell.get("outputs") for cell in submission.notebook.cells)


# -- what is well ----------------------------------------------------------------------------


def test_a_notebook_is_read_with_the_digest_of_its_bytes(tmp_path: Path) -> None:
    data = json.dumps(document()).encode()
    submission = read_bytes(tmp_path, data)
    assert sources(submission) == ["x = 1"]
    assert submission.problems == ()
    assert submission.digest == hashlib.sha256(data).hexdigest()
    assert (submission.student, submission.assignment, submission.name) == ("ada", "hw", "hw")


def test_sources_may_be_lists_of_lines(tmp_path: Path) -> None:
    submission = read_json(tmp_path, document(CELL | {"source": ["x = 1\n", "y = 2"]}))
    assert sources(submission) == ["x = 1\ny = 2"]
    assert submission.problems == ()


def test_metadata_and_attachments_are_kept(tmp_path: Path) -> None:
    graded = CELL | {"metadata": {"nbgrader": {"grade_id": "q"}, "tags": ["skip-execution"]}}
    picture = {"a.png": {"image/png": ["aGVs", "bG8="]}}
    text = {
        "cell_type": "markdown",
        "id": "b",
        "metadata": {},
        "source": "",
        "attachments": picture,
    }
    submission = read_json(tmp_path, document(graded, text))
    assert submission.notebook.cells[0].metadata.nbgrader.grade_id == "q"
    assert submission.notebook.cells[1].attachments == {"a.png": {"image/png": "aGVsbG8="}}


def test_fifty_megabytes_of_saved_output_are_read_and_remarked_on(tmp_path: Path) -> None:
    line = "step 12345 loss 0.12345\n"
    printed = {"output_type": "stream", "name": "stdout", "text": [line] * (50 * 2**20 // 24)}
    submission = read_json(tmp_path, document(CELL | {"outputs": [printed]}))
    assert sources(submission) == ["x = 1"]
    assert kinds(submission) == ["large"]
    assert "Clear all outputs" in submission.problems[0].advice
    assert_sound(submission)


# -- files that are none ---------------------------------------------------------------------


def test_a_missing_file_is_asked_for_by_its_name(tmp_path: Path) -> None:
    submission = read(tmp_path / "hw.ipynb", student="ada", assignment="hw", name="hw")
    assert kinds(submission) == ["missing"]
    assert "hw.ipynb" in submission.problems[0].advice
    assert submission.digest == ""
    assert_sound(submission)


def test_a_symlink_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.ipynb").write_text(json.dumps(document()))
    (tmp_path / "hw.ipynb").symlink_to(tmp_path / "secret.ipynb")
    submission = read(tmp_path / "hw.ipynb", student="ada", assignment="hw", name="hw")
    assert kinds(submission) == ["link"]
    assert_sound(submission)


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_folders_and_fifos_are_refused_without_waiting(tmp_path: Path, make: Any) -> None:
    make(tmp_path / "hw.ipynb")
    submission = read(tmp_path / "hw.ipynb", student="ada", assignment="hw", name="hw")
    assert kinds(submission) == ["not_a_file"]


@pytest.mark.parametrize("name", ["nul\0l", "x" * 5000])
def test_impossible_names_are_a_verdict_too(tmp_path: Path, name: str) -> None:
    submission = read(tmp_path / name, student="ada", assignment="hw", name="hw")
    assert kinds(submission) == ["not_readable"]


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    submission = read_json(tmp_path, document(), file_bytes=50)
    assert kinds(submission) == ["too_big"]
    assert "Clear all outputs" in submission.problems[0].advice
    assert submission.digest == ""


# -- the wrong file --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind", "word"),
    [
        (b"", "empty", "empty"),
        (b" \n\t", "empty", "empty"),
        (b"\0" * 4096, "empty", "empty"),
        (b"PK\x03\x04\x14\0\0\0", "not_a_notebook", "archive"),
        (b"\x1f\x8b\x08\0", "not_a_notebook", "archive"),
        (b"%PDF-1.7\n", "not_a_notebook", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "not_a_notebook", "picture"),
        (b"\n<!DOCTYPE html>\n<html>", "not_a_notebook", "web page"),
        (b"\xef\xbb\xbf<html lang='en'>", "not_a_notebook", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "not_a_notebook", "Git LFS"),
        (b'"""Homework."""\n\nimport torch\n', "not_a_notebook", "Python file"),
        (b"# %%\nx = 1\n", "not_a_notebook", "Python file"),
        (b"My answer is 7.", "not_json", "JSON"),
        (b"[1, 2", "not_json", "JSON"),
        (b"9" * 10_000, "not_json", "JSON"),
        (b"[1, 2]", "not_a_notebook", "not a notebook"),
        (b"null", "not_a_notebook", "not a notebook"),
        (b'{"name": "hw"}', "not_a_notebook", "no list of cells"),
        (b'{"nbformat": 4, "cells": {"0": 1}}', "not_a_notebook", "no list of cells"),
        (b'{"nbformat": 5, "cells": []}', "newer_format", "nbformat 5"),
        (b'{"nbformat": 3, "worksheets": [{"cells": [7]}]}', "old_format", "nbformat 3"),
    ],
)
def test_the_wrong_file_is_told_what_it_is(
    tmp_path: Path, data: bytes, kind: str, word: str
) -> None:
    submission = read_bytes(tmp_path, data)
    assert kinds(submission) == [kind]
    assert word in submission.problems[0].says
    assert submission.digest == hashlib.sha256(data).hexdigest()
    assert_sound(submission)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_notebook_is_called_truncated(tmp_path: Path, share: float) -> None:
    data = json.dumps(document(*[CELL | {"source": 'print("{[")'}] * 9), indent=1).encode()
    assert kinds(read_bytes(tmp_path, data[: int(len(data) * share)])) == ["truncated"]


def test_broken_json_names_its_line(tmp_path: Path) -> None:
    submission = read_bytes(tmp_path, b'{"nbformat": 4,\n "cells": [}]}')
    assert kinds(submission) == ["not_json"]
    assert "line 2" in submission.problems[0].says


def test_a_merge_conflict_is_called_one(tmp_path: Path) -> None:
    mine, theirs = '   "source": "x = 1"\n', '   "source": "x = 2"\n'
    conflict = f"<<<<<<< HEAD\n{mine}=======\n{theirs}>>>>>>> main\n"
    text = json.dumps(document(), indent=1).replace('   "source": "x = 1",\n', conflict)
    submission = read_bytes(tmp_path, text.encode())
    assert kinds(submission) == ["merge_conflict"]
    assert "nbdime" in submission.problems[0].advice


def test_conflict_markers_in_a_cell_are_the_students_text(tmp_path: Path) -> None:
    submission = read_json(
        tmp_path, document(CELL | {"source": "<<<<<<< HEAD\n=======\n>>>>>>> b"})
    )
    assert sources(submission) == ["<<<<<<< HEAD\n=======\n>>>>>>> b"]


# -- bombs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'{"nbformat": 4, "cells": ' + b"[" * 400 + b"]" * 400 + b"}", "too_deep"),
        (b"[" * 1_000_000, "too_much"),
        (b'{"nbformat": 4, "cells": [' + b"{}," * 600_000 + b"{}]}", "too_much"),
        (b'{"nbformat": 4, "cells": [' + b"{}," * 2000 + b"{}]}", "too_many_cells"),
        (b'"' + b'\\"' * 1_000_000, "not_json"),
    ],
)
def test_bombs_are_refused_before_they_go_off(tmp_path: Path, data: bytes, kind: str) -> None:
    submission = read_bytes(tmp_path, data)
    assert kinds(submission) == [kind]
    assert_sound(submission)


# -- what is odd, and read all the same ------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_byte_order_marks_and_wide_encodings_cost_nothing(tmp_path: Path, encoding: str) -> None:
    text = json.dumps(document(CELL | {"source": "x = 'Pr_θ'"}), ensure_ascii=False)
    submission = read_bytes(tmp_path, text.encode(encoding))
    assert sources(submission) == ["x = 'Pr_θ'"]
    assert kinds(submission) == ["byte_order_mark"]
    assert_sound(submission)


def test_invalid_utf8_is_replaced_and_remarked_on(tmp_path: Path) -> None:
    data = json.dumps(document(CELL | {"source": "# cafe"})).replace("cafe", "café")
    submission = read_bytes(tmp_path, data.encode("latin-1"))
    assert sources(submission) == ["# caf\ufffd"]
    assert kinds(submission) == ["bad_characters"]


def test_lone_surrogates_are_replaced_so_that_the_result_can_be_written(tmp_path: Path) -> None:
    cell = CELL | {"source": ["\ud83d", "\ude00 ", "\N{GRINNING FACE}"], "metadata": {"\ud800": 1}}
    submission = read_json(tmp_path, document(cell))
    assert sources(submission) == ["?? \N{GRINNING FACE}"]
    assert kinds(submission) == ["bad_characters"]
    assert_sound(submission)


def test_nan_in_the_metadata_does_not_survive_as_invalid_json(tmp_path: Path) -> None:
    submission = read_json(tmp_path, document(CELL | {"metadata": {"x": float("nan")}}))
    json.loads(nbformat.writes(submission.notebook), parse_constant=pytest.fail)


def test_a_key_that_is_given_twice_is_remarked_on_and_the_later_one_read(tmp_path: Path) -> None:
    text = json.dumps(document()).replace('"source"', '"source": "y = 2", "source"')
    submission = read_bytes(tmp_path, text.encode())
    assert sources(submission) == ["x = 1"]
    assert kinds(submission) == ["repeated_keys"]


@pytest.mark.parametrize("minor", [0, 4, 5, 9])
def test_all_of_format_4_is_read_and_gets_valid_unique_ids(tmp_path: Path, minor: int) -> None:
    cells = [CELL, CELL, {k: v for k, v in CELL.items() if k != "id"}, CELL | {"id": "no good"}]
    submission = read_json(tmp_path, document(*cells, nbformat_minor=minor))
    assert [cell.id for cell in submission.notebook.cells] == ["a", "cell-1", "cell-2", "cell-3"]
    assert submission.problems == ()
    assert_sound(submission)


def test_format_3_is_upgraded(tmp_path: Path) -> None:
    old = nbformat.convert(nbformat.from_dict(document(CELL | {"execution_count": None})), 3)
    submission = read_json(tmp_path, old)
    assert sources(submission) == ["x = 1"]
    assert submission.problems == ()
    assert_sound(submission)


@pytest.mark.parametrize("version", [None, "4", 4.0, True, -1])
def test_a_wrong_format_number_does_not_matter_where_there_are_cells(
    tmp_path: Path, version: object
) -> None:
    assert sources(read_json(tmp_path, document(nbformat=version))) == ["x = 1"]


def test_cells_of_wrong_types_are_read_as_far_as_possible(tmp_path: Path) -> None:
    cells = [
        CELL | {"source": ["x = ", 7, "1"]},
        CELL | {"source": None},
        CELL | {"metadata": ["nothing"]},
        CELL | {"cell_type": "kode"},
        "print(1)",
        CELL,
    ]
    submission = read_json(tmp_path, document(*cells))
    assert sources(submission) == ["x = 1", "", "x = 1", "x = 1", "x = 1"]
    assert kinds(submission) == ["damaged_cells"]
    assert "cell 1, 2, 3, 4, 5." in submission.problems[0].says
    assert_sound(submission)


def test_invalid_metadata_go_but_nbgraders_stay(tmp_path: Path) -> None:
    metadata = {"nbgrader": {"grade_id": "q"}, "tags": "no list", "collapsed": 7}
    cell = CELL | {"metadata": metadata}
    submission = read_json(tmp_path, document(cell, metadata={"kernelspec": "python"}))
    assert submission.notebook.cells[0].metadata == {"nbgrader": {"grade_id": "q"}}
    assert_sound(submission)


# -- anything at all -------------------------------------------------------------------------

fuzzed = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
words = st.sampled_from(
    ["nbformat", "nbformat_minor", "cells", "worksheets", "metadata", "cell_type", "source", "id",
     "outputs", "attachments", "input", "language", "output_type", "data", "kernelspec", "tags",
     "nbgrader", "grade_id", "code", "markdown", "heading", "stream", "pyout", "level"]
)  # fmt: skip
scalars = st.none() | st.booleans() | st.integers(-2, 6) | st.floats() | words | st.text(max_size=5)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(words | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=30,
)
cellish = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("id", "metadata", "source", "attachments", "outputs"), anything)
    | {"cell_type": st.sampled_from(["code", "markdown", "raw", "heading", 7])},
)
notebookish = st.fixed_dictionaries(
    {"nbformat": st.sampled_from([1, 2, 3, 4]) | scalars},
    optional={
        "nbformat_minor": scalars,
        "metadata": anything,
        "cells": st.lists(cellish | anything, max_size=4),
        "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(cellish)}) | anything),
    },
)


@fuzzed
@given(st.binary(max_size=300))
def test_no_bytes_crash_it(tmp_path: Path, data: bytes) -> None:
    assert_sound(read_bytes(tmp_path, data))


@fuzzed
@given(anything | notebookish)
def test_no_json_crashes_it(tmp_path: Path, value: Any) -> None:
    assert_sound(read_json(tmp_path, value))


@fuzzed
@given(st.data())
def test_no_damage_to_a_notebook_crashes_it(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(json.dumps(document(CELL, CELL | {"cell_type": "markdown"})).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        whole = whole or bytearray(b" ")
    assert_sound(read_bytes(tmp_path, bytes(whole)))
