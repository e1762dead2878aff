"""Write into the autograded notebook what happened: outputs, and the breakdown of each grade.

nbgrader keeps no comment for test cells, so the breakdown of a protected cell is its output.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import replace
from html import escape

import nbformat
from nbformat import NotebookNode

from autograder.judge.plan import grade_id
from autograder.records import CellVerdict, Problem, Rebuilt, Transcript, Verdict
from course_lib.checks import report
from course_lib.checks.table import Table


def annotate(
    rebuilt: Rebuilt, transcript: Transcript, verdict: Verdict, tables: Mapping[str, Table]
) -> NotebookNode:
    """The rebuilt notebook with the guest's outputs, the grades' reasons and the problems.

    The rebuilt one is not changed, and shares with it what is the same.
    """
    cells = [NotebookNode(cell) for cell in rebuilt.notebook.cells]
    notebook = NotebookNode(rebuilt.notebook, cells=cells)
    graded = {each.grade_id: each for each in verdict.cells}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        run = transcript.cells.get(index)
        cell.outputs = [nbformat.from_dict(output) for output in run.outputs] if run else []
        cell.execution_count = None
        verdict_of_cell = graded.get(grade_id(cell))
        probed = bool(verdict_of_cell and verdict_of_cell.assessment)
        if run and run.outcome in ("timeout", "died", "skipped") and not probed:
            cell.outputs.append(_note(f"This cell did not finish: {run.detail or run.outcome}."))
        if verdict_of_cell:
            cell.outputs += _breakdown(verdict_of_cell, tables)
    notice = problems_cell(verdict.problems)
    if notice:
        notebook.cells.insert(0, notice)
    return notebook


def problems_cell(problems: tuple[Problem, ...]) -> NotebookNode | None:
    """A Markdown cell that lists what was wrong with what was handed in; None if nothing was."""
    if not problems:
        return None
    lines = [f"- {each.says} {each.advice}".rstrip() for each in problems]
    return nbformat.v4.new_markdown_cell("**Notes on your file**\n\n" + "\n".join(lines))


def _breakdown(verdict: CellVerdict, tables: Mapping[str, Table]) -> list[NotebookNode]:
    if verdict.assessment:
        assessment = replace(verdict.assessment, detail=_error_type(verdict.assessment.detail))
        table = tables[assessment.exercise]
        html = report.html(table, assessment)
        return [_result(str(verdict.points), html)]
    if verdict.question:
        asked = verdict.question
        given = "no answer" if asked.answer is None else f"your answer: {asked.answer}"
        said = f"{given} ({asked.points:g} of {asked.max_points:g} points). {asked.says}"
        return [_result(said, f"<p>{escape(said)}</p>")]
    return []


def _error_type(detail: str) -> str:
    """Only the name of a built-in error: a message could quote a hidden input."""
    name = detail.split(":", 1)[0]
    return name if isinstance(getattr(builtins, name, None), type) else ""


def _result(text: str, html: str) -> NotebookNode:
    return _display({"text/plain": text, "text/html": html})


def _note(text: str) -> NotebookNode:
    return _display({"text/plain": text})


def _display(data: dict[str, str]) -> NotebookNode:
    return nbformat.from_dict({"output_type": "display_data", "data": data, "metadata": {}})
