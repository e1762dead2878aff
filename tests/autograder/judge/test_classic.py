import nbformat
import pytest
from nbformat.v4 import new_output

from autograder.judge.classic import score
from autograder.records import CellRun


def cell(points=4):
    return nbformat.v4.new_code_cell("assert True", metadata={"nbgrader": {"points": points}})


def result(text):
    return CellRun("ok", (dict(new_output("execute_result", data={"text/plain": text})),))


@pytest.mark.parametrize(
    ("run", "points"),
    [
        (CellRun("ok"), 4),
        (result("2.5"), 2.5),
        (result("0.0"), 0),
        (result("'a string'"), 4),
        (CellRun("ok", (dict(new_output("stream", name="stderr", text="a warning")),)), 4),
        (CellRun("error", (dict(new_output("error", ename="E", evalue="", traceback=[])),)), 0),
    ],
)
def test_the_rules_are_nbgraders(run, points):
    assert score(cell(), run)[0] == points


@pytest.mark.parametrize("run", [result("nan"), result("-1"), result("5"), result("inf")])
def test_numbers_that_are_no_score_earn_nothing(run):
    assert score(cell(), run)[0] == 0


@pytest.mark.parametrize("run", [None, CellRun("timeout"), CellRun("died"), CellRun("skipped")])
def test_a_test_that_did_not_finish_earns_nothing(run):
    points, why = score(cell(), run)
    assert points == 0
    assert "did not finish" in why


def test_markdown_waits_for_a_reader():
    markdown = nbformat.v4.new_markdown_cell("an essay", metadata={"nbgrader": {"points": 4}})
    assert score(markdown, None)[0] is None
