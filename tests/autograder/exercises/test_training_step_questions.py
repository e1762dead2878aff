"""The questions of assignment 05: keys, what wrong answers betray, and their numbers computed."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.exercises.misconceptions import MISCONCEPTIONS
from autograder.exercises.training_step.questions import QUESTIONS as ASKED
from autograder.judge.questions import score
from course_lib.checks.probe import Answer

QUESTIONS = {each.id: each for each in ASKED}
TEACHER, STUDENT = np.array([0.9, 0.05, 0.05]), np.array([0.05, 0.9, 0.05])


def scored(id, answer):
    return score(QUESTIONS[id], Answer("value", {"answer": answer}))


def softmax(z):
    return np.exp(z) / np.exp(z).sum()


def kl(p, q):
    return float((p * np.log(p / q)).sum())


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.automatic])
def test_the_key_earns_all_points_and_betrays_nothing(id):
    verdict = scored(id, QUESTIONS[id].key)
    assert verdict.points == QUESTIONS[id].points
    assert verdict.misconceptions == ()
    assert verdict.says.startswith("predicted: " if QUESTIONS[id].formative else "right")


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.options])
def test_a_choice_explains_every_option_and_says_what_a_wrong_one_betrays(id):
    question = QUESTIONS[id]
    for option in question.options:
        assert option.says
        assert (option.misconception in MISCONCEPTIONS) == (option.id != question.key)


def test_ideas_of_earlier_notebooks_are_asked_for_again():
    betrayed = {each.misconception for one in ASKED for each in one.options}
    assert betrayed >= {
        "the-teacher-learns",
        "loss-is-accuracy",
        "loss-is-a-reward",
        "one-input-tells-all",
        "input-is-optimised",
        "gradient-points-downhill",
        "same-distribution-same-weights",
    }


@pytest.mark.parametrize("slip", QUESTIONS["promised_change"].slips, ids=lambda each: each.answer)
def test_every_known_slip_is_wrong_and_is_recognised(slip):
    verdict = scored("promised_change", slip.answer)
    assert verdict.points == 0
    assert verdict.says.endswith(slip.says)
    assert verdict.misconceptions == ((slip.misconception,) if slip.misconception else ())


def test_the_promise_and_its_slips_are_what_their_words_say():
    length, eta = 3, 0.02
    question = QUESTIONS["promised_change"]
    assert question.key == pytest.approx(-eta * length**2)
    assert [each.answer for each in question.slips] == pytest.approx([
        eta * length**2, -eta * length, eta * length, -(length**2), -length, -((eta * length) ** 2),
    ])  # fmt: skip


def test_the_step_of_the_first_prediction_falls_by_less_than_was_promised():
    push, before = TEACHER - STUDENT, kl(TEACHER, STUDENT)
    after = {eta: kl(TEACHER, softmax(np.log(STUDENT) + eta * push)) for eta in (2, 32)}
    assert before == pytest.approx(2.46, abs=0.005)
    assert before - 2 * push @ push == pytest.approx(-0.43, abs=0.005)
    assert 0 < after[2] < before < after[32]


def test_no_gradient_at_the_logits_is_longer_than_the_root_of_2():
    assert any("√2" in each.says for each in QUESTIONS["training_step"].options)
    draws = np.random.default_rng(0).dirichlet([0.1] * 4, size=(1000, 2))
    lengths = np.linalg.norm(draws[:, 0] - draws[:, 1], axis=-1)
    assert 1.3 < lengths.max() <= np.sqrt(2)


def test_the_measures_of_the_second_prediction_disagree_as_its_key_says():
    target = np.array([0.6, 0.1, 0.3])
    sure, unsure = np.array([0.999, 0.0005, 0.0005]), np.array([0.3, 0.6, 0.1])

    def js(p, q):
        return (kl(p, (p + q) / 2) + kl(q, (p + q) / 2)) / 2

    assert kl(target, sure) > kl(target, unsure)
    assert js(target, sure) > js(target, unsure)
    assert abs(target - sure).sum() < abs(target - unsure).sum()
    assert kl(sure, target) < kl(unsure, target)


def test_the_word_of_the_third_prediction_falls_as_warmly_gains_more_than_darkly_loses():
    target, student = np.array([0.02, 0.36, 0.02, 0.60]), np.array([0.05, 0.35, 0.20, 0.40])
    _, brightly, darkly, warmly = softmax(np.log(student) + 1e-3 * (target - student)) - student
    assert brightly < 0
    assert warmly > -darkly > 0


def test_what_a_person_reads_pays_a_point_for_each_line_of_its_rubric():
    question = QUESTIONS["step_in_words"]
    assert question.points == len(question.rubric)
