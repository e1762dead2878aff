"""The self-check as students call it, on an exercise that is shipped."""

import time

import pytest
import torch

from course_lib import check, hint
from course_lib.checks.check import results


def kd_loss(logits_t, logits_s, T):
    log_t = torch.log_softmax(logits_t.detach() / T, -1)
    log_s = torch.log_softmax(logits_s / T, -1)
    return T**2 * (log_t.exp() * (log_t - log_s)).sum(-1).mean()


right = kd_loss


def no_t_squared(logits_t, logits_s, T):
    return right(logits_t, logits_s, T) / T**2


def test_a_right_function_gets_all_points_as_a_number_that_nbgrader_reads():
    result = check(kd_loss)
    assert repr(result) == "10.0"
    assert "kd_loss is right" in result.text


def test_a_named_mistake_is_said_with_a_picture_and_a_ladder_of_hints(monkeypatch):
    monkeypatch.setattr(no_t_squared, "__name__", "kd_loss")
    result = check(no_t_squared)
    assert "factor T²" in result.text
    html = result._repr_html_()
    assert html.count("<details>") == 3
    assert '<img alt="kd_loss on each public case: ' in html
    assert "no-t-squared" in results["kd_loss"].diagnosis.mistakes


def test_hints_come_one_after_the_other_and_on_request(monkeypatch):
    assert [hint(kd_loss, step).text[:11] for step in (1, 2, 3, 9)] == [
        "Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Hint 3 of 3",
    ]  # fmt: skip
    assert hint("kd_loss").text.startswith("Hint 3")
    assert "knows no exercise" in hint("nothing").text


high_T_limit = lambda t, s: (s - t).var(-1, unbiased=False).mean() / 2  # noqa: E731, N816


def test_a_lambda_is_known_by_the_name_that_it_was_given():
    assert repr(check(high_T_limit)) == "4.0"


def test_an_answer_comes_in_under_a_second():
    check(kd_loss)  # the first one loads the table
    start = time.perf_counter()
    check(kd_loss)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("thing", [None, 3, "kd_loss", len, torch.nn.Linear(1, 1)])
def test_what_is_no_exercise_is_told_and_nothing_is_raised(thing):
    result = check(thing)
    assert repr(result) == "0.0"
    assert "kd_loss" in result.text


@pytest.mark.parametrize("value", [10**400, -(10**400), 2**70, [1, 10**400]])
def test_an_integer_that_no_float_can_hold_is_wrong_and_nothing_is_raised(monkeypatch, value):
    def huge(*arguments):
        return value

    monkeypatch.setattr(huge, "__name__", "kd_loss")
    assert repr(check(huge)) == "0.0"


def test_nothing_is_printed_and_nothing_raised_whatever_the_function_does(monkeypatch, capsys):
    def loud(*arguments):
        print("loud")
        raise SystemExit

    monkeypatch.setattr(loud, "__name__", "kd_loss")
    assert repr(check(loud)) == "0.0"
    assert capsys.readouterr() == ("", "")
