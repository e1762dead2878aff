"""Scores: KL in the unit of the loss; agreement can be perfect while belief is unfounded."""

from __future__ import annotations

import pytest
import torch

from course_lib.models import Bigram, greedy
from course_lib.training import reliability, score

N = 4000


def answers(p: list[float]):
    """One-token answers after token 0, drawn from p."""
    chance = torch.Generator().manual_seed(0)
    y = torch.multinomial(torch.tensor(p), N, replacement=True, generator=chance)
    x = torch.stack([torch.zeros(N, dtype=torch.int64), y], 1)
    m = torch.tensor([[False, True]]).expand(N, 2)
    return {"xt": x, "mt": m, "xs": x, "ms": m}


def says(p: list[float]) -> Bigram:
    return Bigram(torch.tensor(p, dtype=torch.float64).log().repeat(len(p), 1))


def test_the_teacher_itself_scores_perfectly_and_may_be_believed():
    p = [0.55, 0.35, 0.1]
    seen = score(says(p), says(p), answers(p))
    assert seen.kl == pytest.approx(0, abs=1e-12)
    assert seen.agreement == 1
    assert seen.confidence == pytest.approx(0.55)
    assert seen.accuracy == pytest.approx(0.55, abs=4 * (0.25 / N) ** 0.5)
    assert seen.miscalibration < 4 * (0.25 / N) ** 0.5


def test_a_point_mass_agrees_always_and_is_not_to_be_believed():
    p = [0.55, 0.35, 0.1]
    seen = score(says([0.998, 0.001, 0.001]), says(p), answers(p))
    assert seen.agreement == 1
    assert seen.kl > 1
    assert seen.miscalibration == pytest.approx(0.998 - 0.55, abs=4 * (0.25 / N) ** 0.5)
    (only,) = reliability(says([0.998, 0.001, 0.001]), says(p), answers(p))
    assert (only.share, only.confidence) == (1, pytest.approx(0.998))


def test_agreement_is_of_whole_greedy_answers(batch, make_net):
    teacher, student = make_net(0), make_net(1)
    xs, ms = batch["xs"], batch["ms"]
    same = []
    for b in range(3):
        length = int(ms[b].sum())
        prompt_t, prompt_s = (
            batch[x][b : b + 1, : int(batch[m][b].int().argmax())]
            for x, m in (("xt", "mt"), ("xs", "ms"))
        )
        same.append(
            torch.equal(greedy(teacher, prompt_t, length), greedy(student, prompt_s, length))
        )
    assert score(student, teacher, batch).agreement == pytest.approx(sum(same) / 3)
    assert score(teacher, teacher, {"xt": xs, "mt": ms, "xs": xs, "ms": ms}).agreement == 1


def test_a_wrong_second_token_of_an_answer_is_a_disagreement():
    teacher = Bigram(20.0 * torch.eye(3).roll(1, 1))  # 0, 1, 2, 0, …
    student = Bigram(20.0 * torch.tensor([[0.0, 1, 0], [1, 0, 0], [1, 0, 0]]))
    x = torch.tensor([[0, 1, 2], [2, 0, 0]])
    m = torch.tensor([[False, True, True], [False, True, False]])
    assert score(student, teacher, {"xt": x, "mt": m, "xs": x, "ms": m}).agreement == 0.5


def test_tokens_that_the_teacher_is_sure_of_count_in_the_kl_alone():
    seen = score(says([0.2, 0.8]), says([0.999, 0.001]), answers([0.999, 0.001]))
    assert seen.kl > 1
    assert (seen.confidence, seen.accuracy, seen.miscalibration) == (0, 0, 0)
