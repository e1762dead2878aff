"""From a JSON document to a sound notebook in format 4.5.

Cells are made anew from what grading needs (type, source, metadata, attachments), so that nothing
else that a file carries gets any further.
"""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.records import Problem
from autograder.submission.cell_ids import unique_ids
from autograder.submission.document import SAVE_AGAIN, IntakeLimits, Unreadable

MAJOR, MINOR = 4, 5


def sound_notebook(document: Any, limits: IntakeLimits) -> tuple[NotebookNode, tuple[Problem, ...]]:
    """The notebook in a parsed document, valid and without outputs, and what had to be mended.

    Raises `Unreadable` if the document is no notebook, or one that nothing here can read.
    """
    document = _in_format_4(document)
    cells, damaged = [], []
    for number, raw in enumerate(_raw_cells(document, limits), start=1):
        cell, sound = _cell(raw)
        if cell is not None:
            cells.append(cell)
        if not sound:
            damaged.append(number)
    for cell, cell_id in zip(cells, unique_ids(cell["id"] for cell in cells), strict=True):
        cell["id"] = cell_id
    metadata = document.get("metadata")
    notebook = {
        "nbformat": MAJOR,
        "nbformat_minor": MINOR,
        "metadata": metadata if isinstance(metadata, dict) else {},
        "cells": cells,
    }
    if not _is_valid(notebook):
        notebook = _without_ornaments(notebook)
    return nbformat.v4.to_notebook_json(notebook), _damage(damaged)


def _damage(numbers: list[int]) -> tuple[Problem, ...]:
    if not numbers:
        return ()
    listed = ", ".join(map(str, numbers[:5])) + (", ..." if len(numbers) > 5 else "")
    says = f"Not written as Jupyter writes cells, and read as far as possible: cell {listed}."
    return (Problem("damaged_cells", says, SAVE_AGAIN),)


# -- versions --------------------------------------------------------------------------------


def _in_format_4(document: Any) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise _no_notebook()
    version = document.get("nbformat")
    if type(version) is not int or version < 1:
        version = 3 if "worksheets" in document else MAJOR
    if version > MAJOR:
        raise Unreadable(
            "newer_format",
            f"The notebook is in a format (nbformat {version}) that is newer than the newest known "
            f"here ({MAJOR}).",
            "Download it from Colab or JupyterLab as .ipynb, which writes format 4.",
        )
    return document if version == MAJOR else _upgraded(document, version)


def _upgraded(document: dict[str, Any], version: int) -> dict[str, Any]:
    minor = document.get("nbformat_minor", 0)
    try:
        old = nbformat.versions[version].to_notebook_json(document, minor=minor)
        upgraded: dict[str, Any] = nbformat.convert(old, MAJOR)
    except Exception as error:  # what nbformat raises on a damaged file is not documented
        raise Unreadable(
            "old_format",
            f"The notebook is in an old format (nbformat {version}) and could not be upgraded.",
            SAVE_AGAIN,
        ) from error
    return upgraded


def _raw_cells(document: dict[str, Any], limits: IntakeLimits) -> list[Any]:
    cells = document.get("cells")
    if not isinstance(cells, list):
        raise _no_notebook()
    if len(cells) > limits.cells:
        raise Unreadable(
            "too_many_cells",
            f"The notebook has {len(cells):,} cells; up to {limits.cells:,} are read.",
            "Delete the cells that do not belong to your answers, and hand it in again.",
        )
    return cells


def _no_notebook() -> Unreadable:
    return Unreadable(
        "not_a_notebook",
        "The file is JSON, but not a notebook: it has no list of cells.",
        "Hand in the .ipynb file that Jupyter or Colab saves.",
    )


# -- cells -----------------------------------------------------------------------------------


def _cell(raw: Any) -> tuple[dict[str, Any] | None, bool]:
    """A valid cell as far as one can be made of `raw`, and whether `raw` was one."""
    if not isinstance(raw, dict):
        return None, False
    source, sound = _source(raw.get("source"))
    kind = raw.get("cell_type")
    if kind not in ("code", "markdown", "raw"):
        kind, sound = "code" if "outputs" in raw else "raw", False
    metadata = raw.get("metadata", {})
    if not isinstance(metadata, dict):
        metadata, sound = {}, False
    cell = {"cell_type": kind, "id": raw.get("id"), "metadata": metadata, "source": source}
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    elif "attachments" in raw:
        cell["attachments"] = raw["attachments"]
    return cell, sound


def _source(raw: Any) -> tuple[str, bool]:
    """Text as one string: files hold it as a string or as a list of lines."""
    if isinstance(raw, str):
        return raw, True
    if isinstance(raw, list):
        lines = [line for line in raw if isinstance(line, str)]
        return "".join(lines), len(lines) == len(raw)
    return "", False


def _is_valid(notebook: dict[str, Any]) -> bool:
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError:
        return False
    return True


def _without_ornaments(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with nothing left that could be invalid: of the metadata, nbgrader's alone."""
    cells = []
    for cell in notebook["cells"]:
        kept = {key: cell["metadata"][key] for key in ("nbgrader",) if key in cell["metadata"]}
        bare = {key: value for key, value in cell.items() if key != "attachments"}
        cells.append(bare | {"metadata": kept})
    return notebook | {"metadata": {}, "cells": cells}
