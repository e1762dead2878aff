"""The same notebook with tests as nbgrader and otter have them, and a notebook that is tiny.

Each test is worth all its points or none, so that all graders can agree on marks.
"""

from __future__ import annotations

import ast
import copy
import re
from textwrap import indent

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

_LOGITS = """\
import torch
generator = torch.Generator().manual_seed(5)
t, s = torch.randn(2, 2, 3, 7, generator=generator, dtype=torch.float64)
log_p, log_q = torch.log_softmax(t / 3, -1), torch.log_softmax(s / 3, -1)
loss = 9 * (log_p.exp() * (log_p - log_q)).sum(-1).mean()
"""
_LABELS = """\
labels = torch.randint(7, (2, 3), generator=generator)
hard = torch.nn.functional.cross_entropy(s.reshape(-1, 7), labels.reshape(-1))
"""
_GRADIENT = "gradient = 3 * (log_q.exp() - log_p.exp()) / 6\n"

TESTS = {
    "kd_loss": (7.0, _LOGITS + "assert torch.allclose(kd_loss(t, s, 3.0), loss)"),
    "kd_loss_gradient": (
        3.0,
        _LOGITS
        + _GRADIENT
        + "s.requires_grad_()\n"
        + "(found,) = torch.autograd.grad(kd_loss(t, s, 3.0), s)\n"
        + "assert torch.allclose(found, gradient)",
    ),
    "kd_and_ce": (
        6.0,
        _LOGITS
        + _LABELS
        + "assert torch.allclose(kd_and_ce(t, s, labels, 3.0, 0.3), 0.3 * loss + 0.7 * hard)",
    ),
    "kd_grad": (
        6.0,
        _LOGITS + _GRADIENT + "assert torch.allclose(kd_grad(t, s, 3.0), gradient)",
    ),
    "high_T_limit": (
        4.0,
        _LOGITS
        + "difference = (s - t) - (s - t).mean(-1, keepdim=True)\n"
        + "assert torch.allclose(high_T_limit(t, s), (difference**2).mean() / 2)",
    ),
}
"""By name: points and code. A name begins with the function that it calls."""

_DRAWS = re.compile(r"^(figures\.|progress\()", re.MULTILINE)
_FUNCTIONS = ("kd_loss", "kd_and_ce", "kd_grad", "high_T_limit")


def function_of(test: str) -> str:
    """The function that a test calls."""
    return max((each for each in _FUNCTIONS if test.startswith(each)), key=len)


def without_figures(notebook: NotebookNode) -> NotebookNode:
    """The notebook without the calls that only draw; what is left is text and exercises."""
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        if cell.cell_type == "code" and _DRAWS.search(cell.source):
            cell.source = _without_drawing(cell.source)
    return made


def _without_drawing(source: str) -> str:
    tree = ast.parse(source)
    tree.body = [each for each in tree.body if not _DRAWS.match(ast.unparse(each))]
    return ast.unparse(tree)


def with_classic_tests(notebook: NotebookNode) -> NotebookNode:
    """The source notebook with nbgrader's kind of tests at the places of its protected cells."""
    made = copy.deepcopy(notebook)
    made.cells = []
    for cell in notebook.cells:
        checked = id_of(cell).removeprefix("check_")
        if checked != id_of(cell):
            made.cells += [_test(name) for name in TESTS if function_of(name) == checked]
        else:
            made.cells.append(copy.deepcopy(cell))
    return made


def _test(name: str) -> NotebookNode:
    points, code = TESTS[name]
    return _graded(f"test_{name}", code, points=points, grade=True, locked=True, solution=False)


def _graded(grade_id: str, source: str, **settings: object) -> NotebookNode:
    cell = new_code_cell(source, id=grade_id.replace("_", "-"))
    cell.metadata.nbgrader = {"schema_version": 3, "grade_id": grade_id, "task": False, **settings}
    return cell


def id_of(cell: NotebookNode) -> str:
    """A cell's grade_id, or nothing."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def for_otter(submitted: NotebookNode) -> NotebookNode:
    """A student's notebook whose tests are named in otter's metadata instead of written out."""
    made = copy.deepcopy(submitted)
    for cell in made.cells:
        name = id_of(cell).removeprefix("test_")
        if name != id_of(cell):
            cell.source = ""
            cell.metadata = NotebookNode(otter={"tests": [name]})
    return made


def otter_test(name: str) -> str:
    """A test file in otter's exception-based format."""
    points, code = TESTS[name]
    return (
        "from otter.test_files import test_case\n\n"
        f"OK_FORMAT = False\nname = {name!r}\npoints = {points}\n\n\n"
        f"@test_case()\ndef test({function_of(name)}):\n{indent(code, '    ')}\n"
    )


def tiny() -> NotebookNode:
    """One answer, one test, and nothing to import."""
    cells = [
        _graded(
            "double",
            "### BEGIN SOLUTION\ndouble = lambda x: 2 * x\n### END SOLUTION",
            grade=False,
            locked=False,
            solution=True,
        ),
        _graded(
            "test_double",
            "assert double(3) == 6",
            points=1.0,
            grade=True,
            locked=True,
            solution=False,
        ),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})
