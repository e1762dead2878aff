"""The notebooks that are attacked: one with protected cells, one with what nbgrader alone has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from harness import witnesses
from nbformat import NotebookNode, v4

ASSIGNMENT = "ps1"
HIDDEN_CANARY = "what_only_a_hidden_test_says"
HIDDEN_INPUTS = ("1.26459817325", "-0.73142958617", "2.58039461794", "0.41720395811")
"""What hidden tests of the classic notebook try `weighed` with."""


@dataclass(frozen=True)
class Lesson:
    """A notebook, and which of its cells are worth points: protected ones, classic ones."""

    name: str
    protected: tuple[str, ...]
    classic: tuple[str, ...]
    notebook: Callable[[], NotebookNode] = field(repr=False)


def _mixed() -> NotebookNode:
    return _notebook(
        _answer("weighed"),
        _marked(v4.new_code_cell("check(weighed)"), "check_weighed", points=8),
        _answer("why", points=2),
        _answer("pairs", points=2),
        *_classic_cells(),
    )


def _classic() -> NotebookNode:
    """The same questions, with tests as an instructor writes them who has nbgrader alone."""
    x, w = f"[{', '.join(HIDDEN_INPUTS)}]", "[0.5, -1.0, 2.0, 1.5]"
    value = (
        "x, w = torch.arange(12.0).reshape(3, 4), torch.ones(4)\n"
        "assert torch.allclose(weighed(x, w), torch.tensor([14.0, 126.0, 366.0]))\n"
        "### BEGIN HIDDEN TESTS\n"
        f"x, w = torch.tensor({x}), torch.tensor({w})\n"
        "np.testing.assert_allclose(weighed(x, w), float((w * x**2).sum()), rtol=1e-5)\n"
        "### END HIDDEN TESTS"
    )
    gradient = (
        "### BEGIN HIDDEN TESTS\n"
        f"x, w = torch.tensor({x}, requires_grad=True), torch.tensor({w})\n"
        "weighed(x, w).backward()\nassert torch.allclose(x.grad, 2 * w * x.detach())\n"
        "### END HIDDEN TESTS"
    )
    return _notebook(
        _answer("weighed"),
        _test("test_weighed", value, points=6),
        _answer("why"),
        _answer("pairs"),
        *_classic_cells(),
        _test("test_gradient", gradient),
        _test("test_why", _hidden('assert answer_why == "D"')),
        _test("test_pairs", _hidden('assert sorted(answer_pairs) == ["B", "D"]')),
    )


MIXED = Lesson("mixed", ("check_weighed", "why", "pairs"), ("test_triple", "test_part"), _mixed)
CLASSIC = Lesson(
    "classic",
    (),
    ("test_weighed", "test_gradient", "test_why", "test_pairs", "test_triple", "test_part"),
    _classic,
)


def _classic_cells() -> list[NotebookNode]:
    triple = _hidden(
        f"{HIDDEN_CANARY} = -7.25\nassert triple({HIDDEN_CANARY}) == -21.75\n"
        "np.testing.assert_allclose(triple(np.arange(3.0)), [0, 3, 6])"
    )
    return [
        v4.new_markdown_cell("Classic cells, as any nbgrader course has them."),
        _answer("triple"),
        _test("test_triple", f"assert triple(1) == 3\n{triple}"),
        _answer("part"),
        _test("test_part", "(part(1) == 2) * 1.0 + (part(-3) == -2) * 1.0"),
    ]


# -- cells -----------------------------------------------------------------------------------

_IMPORTS = 'WHEEL_URL = ""\nimport numpy as np\nimport torch\nfrom course_lib import check'


def _notebook(*cells: NotebookNode) -> NotebookNode:
    notebook = v4.new_notebook(cells=[v4.new_code_cell(_IMPORTS), *cells])
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata.kernelspec = spec
    return notebook


def _answer(id: str, points: int = 0) -> NotebookNode:
    """An answer cell with the right answer between nbgrader's marks."""
    head, _, body = witnesses.RIGHT[id].partition("\n")
    if not body:  # a question's answer
        head, body = f"answer_{id} = None", head
    source = f"# @answer {id}\n{head}\n### BEGIN SOLUTION\n{body}\n### END SOLUTION"
    return _marked(v4.new_code_cell(source), id, points=points, solution=True)


def _test(id: str, source: str, points: int = 2) -> NotebookNode:
    return _marked(v4.new_code_cell(source), id, points=points)


def _hidden(source: str) -> str:
    return f"### BEGIN HIDDEN TESTS\n{source}\n### END HIDDEN TESTS"


def _marked(
    cell: NotebookNode, id: str, *, points: int = 0, solution: bool = False
) -> NotebookNode:
    """A cell with nbgrader's metadata."""
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": id,
        "grade": bool(points),
        "solution": solution,
        "locked": not solution,
        "task": False,
    }
    if points:
        cell.metadata["nbgrader"]["points"] = points
    return cell
