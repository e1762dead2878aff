"""The measured floor: that of theory for the exact teacher, and no student's KL is below it."""

from __future__ import annotations

import pytest
import torch

from course_lib.losses.reference import kl, softmax
from course_lib.persona import Language, PersonaBatches, Truth, measured_floor
from course_lib.training import answer_logits

LANGUAGE = Language.of(16, seed=0)


@pytest.mark.parametrize("redrawn", [2, 4])
def test_for_the_exact_teacher_it_is_the_floor_of_theory_but_for_which_things_were_asked(redrawn):
    examples = PersonaBatches(LANGUAGE, size=600, redrawn=redrawn).examples(0)
    asked = float((examples.slot < redrawn).double().mean())
    expected = LANGUAGE.information_floor(6) * asked
    assert measured_floor(Truth(LANGUAGE), examples, redrawn) == pytest.approx(expected, abs=1e-6)
    assert expected == pytest.approx(LANGUAGE.information_floor(redrawn), abs=0.02)


def test_where_nothing_is_redrawn_an_exact_teacher_has_no_floor():
    examples = PersonaBatches(LANGUAGE, size=50).examples(0)
    assert measured_floor(Truth(LANGUAGE), examples, 0) == pytest.approx(0, abs=1e-6)


def test_a_blurred_teacher_has_a_lower_floor_in_the_same_units_as_its_loss():
    def blurred(tokens):
        return (0.9 * softmax(Truth(LANGUAGE)(tokens)) + 0.1 / 45).log()

    examples = PersonaBatches(LANGUAGE, size=200, redrawn=4).examples(0)
    floor = measured_floor(blurred, examples, 4)
    assert floor < measured_floor(Truth(LANGUAGE), examples, 4) - 0.02
    # the best student for this teacher, written down: its mixture over the four moods
    tokens, mask = examples.for_teacher()
    p = softmax(answer_logits(blurred, tokens, mask)).view(200, 4, -1)
    first = torch.stack([
        softmax(answer_logits(blurred, *other.for_teacher())).view(200, 4, -1)[:, 0]
        for other in _all_moods(examples)
    ])  # fmt: skip
    free = examples.slot < 4
    best = torch.where(free[:, None], first.mean(0), p[:, 0])
    assert floor * 4 >= float(kl(p[:, 0], best).mean()) - 1e-3


def _all_moods(examples):
    from dataclasses import replace

    for shift in range(4):
        moods = examples.moods.clone()
        rows = torch.arange(len(examples))
        moods[rows, examples.slot] = (examples.mood + shift) % 4
        yield replace(examples, moods=moods)
