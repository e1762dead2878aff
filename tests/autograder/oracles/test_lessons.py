"""The loss of a batch and its gradients against torch, decision by decision."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from autograder.exercises.training_step import draws
from autograder.oracles import reading
from autograder.oracles.lessons import Loss, lesson
from course_lib.checks.builders import build

T = 1.7


def in_torch(z_t, z_s, y, counts, B, positions, how):
    """What the words of a `Loss` mean, written with the functions of torch."""
    t = functional.log_softmax(z_t / (T if how.tempered in ("both", "teacher") else 1), -1)
    s = functional.log_softmax(z_s / (T if how.tempered in ("both", "student") else 1), -1)
    factor = {"T²": T**2, "T": T, "1": 1.0}[how.factor]
    each = {
        "KL(t‖s)": lambda: (
            factor * functional.kl_div(s, t, log_target=True, reduction="none").sum(-1)
        ),
        "KL(s‖t)": lambda: (
            factor * functional.kl_div(t, s, log_target=True, reduction="none").sum(-1)
        ),
        "cross-entropy": lambda: -factor * (t.exp() * s).sum(-1),
        "argmax of teacher": lambda: functional.cross_entropy(
            z_s, z_t.argmax(-1), reduction="none"
        ),
        "answers": lambda: functional.cross_entropy(z_s, y, reduction="none"),
    }[how.compare]()
    return {
        "per token": lambda: each.mean(),
        "sum": lambda: each.sum(),
        "per row": lambda: each.sum() / B,
        "per outcome": lambda: each.mean() / z_s.shape[-1],
        "per position": lambda: each.sum() / positions,
        "mean of rows": lambda: torch.stack([r.mean() for r in each.split(counts)]).mean(),
    }[how.reduce]()


def selected(model, tokens, mask, how):
    logits = model(tokens)
    return logits[mask] if how.shift == "none" else logits[:, :-1][mask[:, 1:]]


@pytest.mark.parametrize(
    "how",
    [
        Loss(),
        *(Loss(compare=each) for each in ("KL(s‖t)", "cross-entropy", "argmax of teacher")),
        Loss(compare="answers"),
        *(Loss(reduce=each) for each in ("sum", "per row", "per outcome", "per position")),
        Loss(reduce="mean of rows"),
        *(Loss(factor=each) for each in ("T", "1")),
        *(Loss(tempered=each) for each in ("teacher", "student", "neither")),
        Loss(student_sees="c"),
        Loss(teacher_sees="c′"),
        Loss(shift="none"),
        Loss(compare="KL(s‖t)", tempered="teacher", reduce="mean of rows", student_sees="c"),
    ],
    ids=lambda how: ",".join(v for k, v in vars(how).items() if v != vars(Loss())[k]) or "right",
)
def test_loss_and_gradients_equal_those_of_torch(how):
    rng = np.random.default_rng(0)
    student, teacher = draws.reader(rng), draws.reader(rng, dropped=True)
    batch = {name: each.data for name, each in draws.batch(rng).items()}
    of_t, of_s = ("xt", "mt"), ("xs", "ms")
    x_t, m_t = (torch.tensor(batch[n]) for n in (of_t if how.teacher_sees == "c" else of_s))
    x_s, m_s = (torch.tensor(batch[n]) for n in (of_s if how.student_sees == "c′" else of_t))
    live_s, live_t = (build("reader", each, {}) for each in (student, teacher))
    loss = in_torch(
        selected(live_t, x_t, m_t, how),
        selected(live_s, x_s, m_s, how),
        x_s[m_s],
        m_s.sum(1).tolist(),
        len(x_s),
        m_s.numel(),
        how,
    )
    loss.backward()
    plain = [
        {**model, "weights": {name: each.data for name, each in model["weights"].items()}}
        for model in (student, teacher)
    ]
    plain[1]["dropped"] = teacher["dropped"].data
    kept = tuple(reading.kept_by(each, True) for each in plain)
    mine = lesson(*(reading.weights_of(each) for each in plain), batch, T, kept, how)
    assert mine.loss == pytest.approx(loss.item(), rel=1e-12)
    for gradient, model in ((mine.to_student, live_s), (mine.to_teacher, live_t)):
        for name, parameter in model.named_parameters():
            expected = torch.zeros(()) if parameter.grad is None else parameter.grad
            np.testing.assert_allclose(
                gradient[name], expected.broadcast_to(parameter.shape), atol=1e-12
            )


def test_shares_may_be_given_so_that_several_batches_make_one_mean():
    rng = np.random.default_rng(1)
    models = [draws.reader(rng) for _ in range(2)]
    weights = [
        reading.weights_of({"weights": {k: v.data for k, v in each["weights"].items()}})
        for each in models
    ]
    kept = np.ones(draws.V), np.ones(draws.V)
    batches = [
        {name: each.data for name, each in draws.batch(rng, answers).items()}
        for answers in ((1, 3, 4), (2, 1, 2))
    ]
    alone = [lesson(*weights, each, T, kept, Loss()).loss for each in batches]
    shared = [
        lesson(*weights, b, T, kept, Loss(), np.full(n, 1 / 13)).loss
        for b, n in zip(batches, (8, 5), strict=True)
    ]
    assert sum(shared) == pytest.approx((8 * alone[0] + 5 * alone[1]) / 13)
