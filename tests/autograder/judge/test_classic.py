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


WARNED = CellRun("ok", (dict(new_output("stream", name="stderr", text="a warning")),))
PRINTED = CellRun("ok", (dict(new_output("stream", name="stdout", text="all is well")),))


@pytest.mark.parametrize(("run", "points"), [(WARNED, 0), (PRINTED, 4), (result("2.5"), 2.5)])
def test_a_course_may_have_what_is_written_to_stderr_count_as_failure(run, points):
    assert score(cell(), run, stderr_fails=True)[0] == points


def test_an_error_earns_nothing_whatever_was_shown_before_it():
    shown = dict(new_output("execute_result", data={"text/plain": "4.0"}))
    failed = dict(new_output("error", ename="E", evalue="", traceback=[]))
    assert score(cell(), CellRun("ok", (shown, failed)))[0] == 0


@pytest.mark.parametrize("texts", [("4", "1"), ("1", "4"), ("'full marks'", "1")])
def test_results_beside_the_tests_own_raise_no_score(texts):
    outputs = [dict(new_output("execute_result", data={"text/plain": text})) for text in texts]
    assert score(cell(), CellRun("ok", tuple(outputs)))[0] == 1


def test_a_result_that_only_looks_like_a_number_is_pointed_out():
    points, why = score(cell(), result("np.float64(1.5)"))
    assert points == 4  # as in nbgrader
    assert "np.float64(1.5), is no number" in why
