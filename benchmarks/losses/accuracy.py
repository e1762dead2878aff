"""Errors against float64 and extended precision: every divergence, backend, dtype, and the peers.

Truth is computed from the very numbers that the contestants are given, rounded to their dtype.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from autograder.oracles import losses as oracle
from benchmarks.losses.contestants import (
    DENSE,
    EVERY,
    LIGER,
    OURS,
    PLAIN,
    TORCHTUNE,
    TRL,
    Contestant,
)
from benchmarks.losses.problem import Problem, Shape, draw, nearby

WHO = (DENSE, OURS, PLAIN, LIGER, TORCHTUNE, TRL)
DTYPES = (torch.float64, torch.float32, torch.bfloat16, torch.float16)
SHAPE = Shape(N=64, d_s=64, d_t=96, V=1000)
NEAR = 0.03  # of hidden states: a KL of about 5e-4


def table() -> str:
    """Relative errors of loss and of the gradient for hidden states, in Markdown."""
    lines = [
        "| divergence | teacher | dtype | " + " | ".join(each.name for each in WHO) + " |",
        "|---|---|---|" + "--:|" * len(WHO),
    ]
    for divergence in EVERY:
        for where in ("far", "near"):
            for dtype in DTYPES:
                problem = draw(SHAPE, divergence, dtype=dtype)  # type: ignore[arg-type]
                if where == "near":
                    problem = nearby(problem, NEAR)
                cells = [_cell(each, problem) for each in WHO]
                name = str(dtype).removeprefix("torch.")
                lines.append(f"| {divergence} | {where} | {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def truth(problem: Problem) -> tuple[float, Tensor]:
    """The loss and its gradient for hidden states [N, d], from definitions."""
    exact = problem.doubled()
    with torch.no_grad():
        student, teacher = exact.student.logits().numpy(), exact.teacher.logits().numpy()
    value, slopes = oracle.divergence(
        problem.divergence, teacher, student, problem.temperature, problem.share
    )
    gradient = torch.from_numpy(slopes.astype(np.float64)) @ exact.student.weight.detach()
    return float(value.mean()), gradient / len(gradient)


def errors(who: Contestant, problem: Problem) -> tuple[float, float]:
    """Relative errors of loss and gradient. A cross-entropy is given the entropy that it lacks."""
    right, right_gradient = truth(problem)
    loss = who.loss(problem)
    (gradient,) = torch.autograd.grad(loss, problem.leaves[:1])
    found = float(loss.detach().double())
    if who.constant and problem.divergence == "forward_kl":
        with torch.no_grad():
            log_p = problem.doubled().teacher.logits().log_softmax(-1)
        found += float((log_p.exp() * log_p).sum(-1).mean())
    off = (gradient.cpu().double() - right_gradient).norm() / right_gradient.norm()
    return abs(found - right) / abs(right), float(off)


def _cell(who: Contestant, problem: Problem) -> str:
    if problem.divergence not in who.divergences:
        return ""
    try:
        loss, gradient = errors(who, replace(problem))
    except (RuntimeError, ValueError, TypeError) as error:
        return type(error).__name__
    return f"{loss:.0e}, {gradient:.0e}"
