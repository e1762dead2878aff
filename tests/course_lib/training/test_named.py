import math

import pytest
import torch

from course_lib.losses.objective import NAMES
from course_lib.losses.reference import kl
from course_lib.training import Plan, distill, named


def probabilities(seed):
    draw = torch.Generator().manual_seed(seed)
    return torch.randn(3, 5, dtype=torch.float64, generator=draw).softmax(-1)


def test_the_forward_kl_is_the_notebooks_kl_with_its_gradient():
    p_t, p_s = probabilities(0), probabilities(1).requires_grad_()
    ours, plain = named("forward_kl")(p_t, p_s), kl(p_t, p_s)
    torch.testing.assert_close(ours, plain)
    # Of probabilities only directions within the simplex count: those that sum to nothing.
    (found,), (right,) = (torch.autograd.grad(x.sum(), (p_s,)) for x in (ours, plain))
    direction = probabilities(2) - probabilities(3)
    torch.testing.assert_close((found * direction).sum(-1), (right * direction).sum(-1))


@pytest.mark.parametrize("target", ["soft", "sampled"])
@pytest.mark.parametrize("name", NAMES)
def test_every_divergence_can_be_distilled_with(batches, make_table, name, target):
    student, teacher = make_table(1), make_table(0)
    optimizer = torch.optim.SGD(student.parameters(), 0.5)
    plan = Plan(steps=40, target=target, divergence=named(name, 0.3))
    if (name, target) == ("reverse_kl", "sampled"):  # infinite, to a single answer
        with pytest.raises(ArithmeticError, match="infinite"):
            distill(student, teacher, batches, optimizer, plan, live=False)
        return
    run = distill(student, teacher, batches, optimizer, plan, live=False)
    if target == "soft":
        assert sum(run.losses[-5:]) < sum(run.losses[:5])
    else:  # what is drawn anew each time moves the loss about
        assert all(math.isfinite(each) for each in run.losses)


def test_a_checkpoint_tells_divergences_and_their_shares_apart():
    words = {Plan(divergence=named("jsd", share)).what["divergence"] for share in (0.1, 0.5)}
    assert words == {"jsd(0.1)", "jsd(0.5)"}


def test_names_and_shares_that_are_none_are_refused():
    with pytest.raises(ValueError, match="one of forward_kl"):
        named("kl")
    with pytest.raises(ValueError, match="strictly between"):
        named("skew_kl", 1.0)
