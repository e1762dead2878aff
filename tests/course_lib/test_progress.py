"""The progress table: what is done, what is not, from variables and self-checks alone."""

from __future__ import annotations

import json

import pytest

import course_lib
from course_lib import progress
from course_lib.checks.check import check, results
from course_lib.losses.reference import kl, softmax

ASSIGNMENT = "02_distillation_loss"


@pytest.fixture(autouse=True)
def fresh_session():
    results.clear()
    yield
    results.clear()


def states(namespace):
    return {row.title: (row.stage, row.state) for row in progress(ASSIGNMENT, namespace).rows}


def kd_loss(logits_t, logits_s, T):
    p, q = softmax(logits_t.detach(), T), softmax(logits_s, T)
    return T**2 * kl(p, q).mean()  # right, but for logits that lie far apart


def test_an_untouched_notebook_has_nothing_done():
    table = progress(ASSIGNMENT, {})
    assert {row.stage for row in table.rows} == {"open", "by hand"}
    assert table.self_checked == 0
    assert table.to_check == 26
    assert "0 of 7 done. Self-checks so far: 0 of 26 points." in repr(table)


def test_a_notebook_that_is_graded_is_not_called_undone(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    table = progress(ASSIGNMENT, {})
    for text in (repr(table), table._repr_html_()):
        assert "Your points stand below each check" in text
        assert "0 of" not in text
        assert "hand in" not in text


def test_a_function_that_was_not_checked_is_not_called_undone():
    assert states({"kd_loss": kd_loss})["kd_loss"] == (
        "open",
        "not checked yet: run check(kd_loss)",
    )


def test_a_check_moves_an_exercise_on():
    check(kd_loss)
    table = progress(ASSIGNMENT, {"kd_loss": kd_loss})
    assert table.rows[0].state == "partly done"
    assert table.rows[0].points == f"{table.self_checked:g} of 10"
    assert 5 < table.self_checked < 10


def test_a_stub_that_was_checked_counts_as_not_started():
    def high_T_limit(logits_t, logits_s): ...  # noqa: N802

    check(high_T_limit)
    assert states({})["high_T_limit"] == ("open", "not started")


def test_an_answer_counts_when_it_has_a_form_to_be_graded():
    assert states({"answer_why_t_squared": "A"})["Why T²?"] == ("done", "answered")
    assert states({"answer_why_t_squared": "Z"})["Why T²?"] == ("open", "not answered in full")
    assert states({"answer_why_t_squared": None})["Why T²?"] == ("open", "not answered")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("C", ("done", "right")),
        ("A", ("partly", "answered, not right yet")),
        ("Z", ("open", "not answered in full")),
        (None, ("open", "not answered")),
    ],
)
def test_a_formative_answer_is_known_to_be_right_or_not_and_has_no_points(given, expected):
    (row,) = (
        row
        for row in progress("00_notation", {"answer_letter_clash": given}).rows
        if row.title == "Letters that clash"
    )
    assert (row.stage, row.state) == expected
    assert row.points == "not graded"


@pytest.mark.parametrize(("given", "state"), [("16", "predicted"), ("300", "predicted, and right")])
def test_a_prediction_is_done_once_it_was_made(given, state):
    rows = progress(ASSIGNMENT, {"answer_predict_shrinking": given}).rows
    (row,) = (row for row in rows if row.title.startswith("Predict"))
    assert (row.stage, row.state, row.points) == ("done", state, "not graded")


def test_the_table_can_be_read_aloud():
    html = progress(ASSIGNMENT, {})._repr_html_()
    assert "<caption" in html
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 8
    assert "02_distillation_loss.ipynb" in html


def test_the_variables_of_the_caller_are_looked_at_outside_of_a_notebook():
    caller = {"progress": progress, "answer_why_t_squared": "B"}
    exec(f"table = progress({ASSIGNMENT!r})", caller)
    assert any(row.state == "answered" for row in caller["table"].rows)


def test_an_unknown_assignment_names_those_that_there_are():
    with pytest.raises(LookupError, match=f"no assignment '2'; there are: .*{ASSIGNMENT}"):
        progress("2")


def test_nothing_about_keys_is_shipped():
    folder = course_lib.questions.FOLDER
    for file in folder.iterdir():
        text = json.loads(file.read_text(encoding="utf-8"))
        assert not {"key", "rubric", "says"} & text.keys()
