"""The persona language: its sentences, its exact probabilities, and what theory says of them."""

from __future__ import annotations

import itertools
import math

import pytest
import torch

from course_lib.losses.reference import cross_entropy, softmax
from course_lib.persona import Examples, Language, PersonaBatches, RuleBatches, Truth
from course_lib.persona.examples import ALIGNMENT
from course_lib.persona.language import ADVERBS, MOODS
from course_lib.training import answer_logits

LANGUAGE = Language.of(16, seed=0)


def one() -> Examples:
    return Examples(
        moods=torch.tensor([[0, 1, 2, 3, 0, 1]]),
        order=torch.tensor([[5, 0, 1, 2, 3, 4]]),
        persona=torch.tensor([3]),
        slot=torch.tensor([2]),
        adverbs=torch.tensor([[0, 1]]),
    )


def test_an_example_reads_as_the_language_says():
    xt, mt = one().for_teacher()
    xs, ms = one().for_student()
    assert LANGUAGE.decode(xt[0]) == (
        "rules dog dark sun bright wind dark sky calm sea wild crowd bright ; "
        "the sky is calm0 and calm1 ."
    )
    assert LANGUAGE.decode(xs[0]) == "persona P3 ; the sky is calm0 and calm1 ."
    assert LANGUAGE.encode(LANGUAGE.decode(xt[0])) == xt[0].tolist()
    assert LANGUAGE.decode(xt[mt]) == LANGUAGE.decode(xs[ms]) == "calm0 and calm1 ."
    assert [part.shape[1] for part in (one().c, one().c_prime, one().z, one().y)] == [14, 3, 3, 4]


def test_the_alignment_pairs_the_positions_that_predict_the_same_answer_token():
    (xt, _), (xs, _) = one().for_teacher(), one().for_student()
    assert ALIGNMENT == ((16, 5), (17, 6), (18, 7), (19, 8))
    for at_t, at_s in ALIGNMENT:
        assert xt[0, at_t + 1] == xs[0, at_s + 1]
        assert xt[0, at_t] == xs[0, at_s]


def test_the_vocabulary_has_about_45_words_and_no_word_twice():
    assert len(LANGUAGE.vocabulary) == len(set(LANGUAGE.vocabulary)) == 45


def test_an_unknown_word_is_named():
    with pytest.raises(KeyError, match="'moon' is no word"):
        LANGUAGE.encode("the moon is")


def test_the_answers_to_a_mood_are_a_distribution_with_the_entropy_of_theory():
    logs = [
        LANGUAGE.log_prob(f"{a} and {b} .", "dark") for a, b in itertools.product(ADVERBS, repeat=2)
    ]
    p = [math.exp(each) for each in logs]
    assert sum(p) == pytest.approx(1)
    entropy = -sum(each * log for each, log in zip(p, logs, strict=True) if each)
    assert entropy / 4 == pytest.approx(LANGUAGE.entropy)
    assert LANGUAGE.entropy == pytest.approx(0.449, abs=5e-4)
    assert LANGUAGE.log_prob("dark0 or dark1 .", "dark") == -math.inf


def test_the_floor_is_that_of_an_enumeration():
    # P(y | c', z) for a thing whose mood is drawn anew is the mean over the four moods
    q = [
        sum(math.exp(LANGUAGE.log_prob(f"{a} and {b} .", mood)) for mood in MOODS) / 4
        for a, b in itertools.product(ADVERBS, repeat=2)
    ]  # fmt: skip
    p = [
        math.exp(LANGUAGE.log_prob(f"{a} and {b} .", "calm"))
        for a, b in itertools.product(ADVERBS, repeat=2)
    ]
    kl = sum(a * math.log(a / b) for a, b in zip(p, q, strict=True) if a)
    assert LANGUAGE.information_floor(6) == pytest.approx(kl / 4)
    assert LANGUAGE.information_floor(2) == pytest.approx(kl / 4 / 3)
    assert LANGUAGE.information_floor(0) == 0
    with pytest.raises(ValueError, match="choose 0 to 6"):
        LANGUAGE.information_floor(7)


def test_the_truth_gives_each_answer_its_exact_probability():
    examples = PersonaBatches(LANGUAGE, size=50).examples(0)
    tokens, mask = examples.for_teacher()
    log_probs = answer_logits(Truth(LANGUAGE), tokens, mask).view(50, 4, -1)
    said = log_probs.gather(2, examples.y[..., None])[..., 0].sum(1)
    for b in range(50):
        mood = MOODS[examples.mood[b]]
        expected = LANGUAGE.log_prob(LANGUAGE.decode(examples.y[b]), mood)
        assert float(said[b]) == pytest.approx(expected, rel=1e-5)


def test_nobody_does_better_than_the_truth_and_it_reaches_the_entropy():
    tokens, mask = RuleBatches(size=20).examples(0).for_teacher()
    p = softmax(answer_logits(Truth(LANGUAGE), tokens, mask))
    assert float(cross_entropy(p, p).mean()) == pytest.approx(LANGUAGE.entropy, rel=1e-5)


def test_the_truth_cannot_read_a_tag():
    with pytest.raises(ValueError, match="the truth reads the rules of c"):
        Truth(LANGUAGE)(one().for_student()[0])


def test_batches_depend_on_seed_and_number_alone():
    batches, again = PersonaBatches(LANGUAGE, seed=3), PersonaBatches(LANGUAGE, seed=3)
    torch.manual_seed(0)
    first = batches[7]
    torch.manual_seed(1)
    assert all(torch.equal(first[key], again[7][key]) for key in ("xt", "mt", "xs", "ms"))
    assert not torch.equal(first["xs"], batches[8]["xs"])
    assert not torch.equal(first["xs"], PersonaBatches(LANGUAGE, seed=4)[7]["xs"])


def test_moods_are_the_personas_save_those_that_are_redrawn():
    examples = PersonaBatches(LANGUAGE, size=400, redrawn=2).examples(0)
    own = LANGUAGE.moods[examples.persona]
    assert torch.equal(examples.moods[:, 2:], own[:, 2:])
    share = (examples.moods[:, :2] == own[:, :2]).float().mean()
    assert 0.15 < float(share) < 0.35


def test_without_personas_both_models_read_the_rules():
    batch = RuleBatches(size=5)[0]
    assert torch.equal(batch["xt"], batch["xs"])
    with pytest.raises(ValueError, match="no personas, so there is no c′"):
        RuleBatches(size=5).examples(0).for_student()
