"""The questions of assignment 06: keys, what wrong answers betray, and their numbers computed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from autograder.exercises.distillation.questions import QUESTIONS as ASKED
from autograder.exercises.misconceptions import MISCONCEPTIONS
from autograder.judge.questions import score
from course_lib.checks.probe import Answer
from course_lib.persona import Language

QUESTIONS = {each.id: each for each in ASKED}
FREQUENCIES = np.array([0.6, 0.3, 0.1])


def scored(id, answer):
    return score(QUESTIONS[id], Answer("value", {"answer": answer}))


def right(question):
    return {question.key} if isinstance(question.key, str) else set(question.key)


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.automatic])
def test_the_key_earns_all_points_and_betrays_nothing(id):
    key = QUESTIONS[id].key
    verdict = scored(id, sorted(key) if isinstance(key, frozenset) else key)
    assert verdict.points == QUESTIONS[id].points
    assert verdict.misconceptions == ()


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.options])
def test_every_option_is_explained_and_a_wrong_one_says_what_it_betrays(id):
    question = QUESTIONS[id]
    for option in question.options:
        assert option.says
        assert (option.misconception in MISCONCEPTIONS) == (option.id not in right(question))


def test_ideas_of_earlier_notebooks_are_asked_for_again():
    betrayed = {each.misconception for one in ASKED for each in (*one.options, *one.slips)}
    assert betrayed >= {
        "loss-is-accuracy",
        "the-mode-stands-for-all",
        "kl-is-cross-entropy",
        "kl-is-symmetric",
        "noise-is-bias",
        "only-the-top-matters",
        "temperature-sharpens",
        "hidden-context-always-costs",
        "any-mean-will-do",
        "zero-gradient-is-a-match",
    }


@pytest.mark.parametrize(
    "slip", QUESTIONS["floor_of_one_adverb"].slips, ids=lambda each: f"{each.answer:.4f}"
)
def test_every_known_slip_is_wrong_and_is_recognised(slip):
    verdict = scored("floor_of_one_adverb", slip.answer)
    assert verdict.points == 0
    assert verdict.says.endswith(slip.says)
    assert verdict.misconceptions == ((slip.misconception,) if slip.misconception else ())


def test_the_floor_by_hand_is_the_mutual_information_of_its_language():
    moods, hidden = 4, 5 / 6
    truth = np.zeros((moods, moods * len(FREQUENCIES)))
    for mood in range(moods):
        truth[mood, mood * len(FREQUENCIES) :][: len(FREQUENCIES)] = FREQUENCIES
    mixture = truth.mean(0)  # of all moods, each equally likely
    seen = truth > 0
    kl = (truth[seen] * np.log(truth[seen] / np.broadcast_to(mixture, truth.shape)[seen])).sum()
    adverb, stop = hidden * kl / moods, 0.0
    assert QUESTIONS["floor_of_one_adverb"].key == pytest.approx((adverb + stop) / 2)
    # the course's own language asks for one guess, too, in twice as many tokens
    assert Language.of().information_floor(5) == pytest.approx(adverb / 4)


def test_the_entropy_that_the_losses_end_at_is_the_languages():
    assert Language.of().entropy == pytest.approx(0.449, abs=5e-4)
    said = QUESTIONS["loss_curves"].option("B").says
    assert ".449 nats a token" in said


def test_the_reverse_kl_of_a_student_that_is_too_sure_is_what_its_option_says():
    student = np.array([0.99, 0.005, 0.005])
    reverse = (student * np.log(student / FREQUENCIES)).sum()
    assert reverse == pytest.approx(0.5, abs=0.05)
    assert "about .5 for each adverb" in QUESTIONS["perfect_agreement"].option("E").says


def test_shuffled_answers_cost_two_guesses_in_four_tokens_which_happens_to_be_ln_2():
    assert 2 * math.log(4) / 4 == pytest.approx(math.log(2))
    assert "ln 2" in QUESTIONS["bug_or_floor"].option("B").text


def test_what_a_person_reads_pays_a_point_for_each_line_of_its_rubric():
    question = QUESTIONS["which_student"]
    assert question.points == len(question.rubric)
