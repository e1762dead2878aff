"""What comes out where numbers are at their edge: right, or what is wrong with it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from autograder.oracles import losses as oracle
from benchmarks.losses.accuracy import WHO
from benchmarks.losses.contestants import Contestant
from benchmarks.losses.problem import Problem
from course_lib.losses import Projection
from course_lib.losses.objective import Name

OUT = -math.inf
_NOTHING = 1e-15  # what extended precision leaves of a 0


@dataclass(frozen=True)
class Edge:
    """Logits of one token for teacher and student, repeated `N` times; `tolerance` is relative."""

    name: str
    teacher: tuple[float, ...]
    student: tuple[float, ...]
    divergences: tuple[Name, ...] = ("forward_kl", "reverse_kl", "jsd")
    T: float = 1.0
    N: int = 16
    dtype: torch.dtype = torch.float32
    labels: Callable[[int], Tensor] = torch.zeros
    tolerance: float = 1e-3
    spoilt: bool = False  # a row that is ignored holds NaN


def _ignored(N: int) -> Tensor:
    return torch.full((N,), -100)


def _first_ignored(N: int) -> Tensor:
    labels = torch.zeros(N)
    labels[0] = -100
    return labels


SAME, OTHER = (1.0, 0.3, -0.7, 0.1), (0.2, -0.5, 0.9, 0.4)
EDGES = (
    Edge("teacher rules an outcome out", (1.0, 0.3, OUT, 0.1), OTHER, ("forward_kl", "jsd")),
    Edge("student does", SAME, (0.2, -0.5, OUT, 0.4), ("reverse_kl", "jsd")),
    Edge("both do", (1.0, 0.3, OUT, 0.1), (0.2, -0.5, OUT, 0.4)),
    Edge("student does, forward KL is infinite", SAME, (0.2, OUT, 0.9, 0.4), ("forward_kl",)),
    Edge("teacher does, reverse KL is infinite", (1.0, OUT, -0.7, 0.1), OTHER, ("reverse_kl",)),
    Edge("both underflow", (0.0, -2e4, -3e4, 1.0), (0.0, -2e4, -2e4, 1.0)),
    Edge("equal, float32", SAME, SAME, tolerance=0),
    Edge("equal, bfloat16", SAME, SAME, dtype=torch.bfloat16, tolerance=0),
    Edge("T = 10,000", SAME, OTHER, T=1e4),
    Edge("T = 0.001", SAME, OTHER, T=1e-3),
    Edge("logits of 10,000", (1e4, 0.0, -1e4, 5e3), (0.0, 1e4, 5e3, -1e4)),
    Edge("one outcome", (0.3,), (0.7,), tolerance=0),
    Edge("no tokens", SAME, OTHER, N=0),
    Edge("9 tokens in 8 chunks", SAME, OTHER, N=9),
    Edge("all ignored", SAME, OTHER, labels=_ignored),
    Edge("NaN in an ignored row", SAME, OTHER, labels=_first_ignored, spoilt=True),
)


def table() -> str:
    """In Markdown: who gets what wrong. What several divergences share is said once."""
    lines = [
        "| case | " + " | ".join(each.name for each in WHO) + " |",
        "|---|" + "---|" * len(WHO),
    ]
    lines += [
        f"| {edge.name} | " + " | ".join(_cell(x, edge) for x in WHO) + " |" for edge in EDGES
    ]
    return "\n".join(lines)


def _cell(who: Contestant, edge: Edge) -> str:
    found: dict[str, list[str]] = {}
    for divergence in edge.divergences:
        if divergence in who.divergences:
            found.setdefault(verdict(who, edge, divergence), []).append(_SHORT[divergence])
    if list(found) == ["right"]:
        return "right"
    return "; ".join(f"{', '.join(names)}: {what}" for what, names in found.items())


_SHORT: Mapping[str, str] = {"forward_kl": "KL", "reverse_kl": "reverse KL", "jsd": "JSD"}


def verdict(who: Contestant, edge: Edge, divergence: Name) -> str:
    """'right', or what is wrong."""
    problem = pose(edge, divergence)
    right, slopes = _truth(edge, divergence)
    try:
        loss = who.loss(problem)
        (gradient,) = torch.autograd.grad(loss, problem.leaves[2:])
    except Exception as error:  # whatever a peer raises is its verdict
        return type(error).__name__
    value = float(loss.detach())
    if who.constant and divergence == "forward_kl" and math.isfinite(right) and edge.N:
        value -= _entropy(edge) if (problem.labels != -100).any() else 0.0
    close = value == right or abs(value - right) <= edge.tolerance * abs(right) + _NOTHING
    if who.constant and not close and edge.tolerance == 0:
        close = abs(value - right) < 1e-6  # its value is a difference here
    said = [] if close else [f"loss {value:.3g} for {right:.3g}"]
    if gradient.isnan().any():
        said.append("gradient NaN")
    elif math.isfinite(right):
        off = (gradient.double() - slopes).abs().max() if gradient.numel() else 0
        if float(off) > edge.tolerance * float(slopes.abs().max()) + _NOTHING:
            said.append(f"gradient off by {float(off):.1g}")
    return ", ".join(said) or "right"


def pose(edge: Edge, divergence: Name) -> Problem:
    """The logits as biases of heads whose weights are 0."""

    def head(logits: tuple[float, ...]) -> Projection:
        hidden = torch.zeros(edge.N, 1, dtype=edge.dtype)
        if edge.spoilt:
            hidden[0] = math.nan
        parts = (hidden, torch.zeros(len(logits), 1, dtype=edge.dtype))
        return Projection(*parts, torch.tensor(logits, dtype=edge.dtype))

    student = head(edge.student)
    for part in (student.hidden, student.weight, student.bias):
        assert part is not None
        part.requires_grad_()
    labels = edge.labels(edge.N).long()
    return Problem(student, head(edge.teacher), labels, divergence, 0.5, edge.T)


def _truth(edge: Edge, divergence: Name) -> tuple[float, Tensor]:
    """The mean loss, and the gradient for the bias."""
    problem = pose(edge, divergence)
    if not (problem.labels != -100).any():
        return 0.0, torch.zeros(len(edge.student), dtype=torch.float64)
    teacher, student = (
        torch.tensor([x], dtype=edge.dtype).double().numpy() for x in (edge.teacher, edge.student)
    )
    value, slopes = oracle.divergence(divergence, teacher, student, edge.T)
    if edge.teacher == edge.student:
        return 0.0, torch.zeros(len(edge.student), dtype=torch.float64)
    return float(value[0]), torch.from_numpy(slopes[0].astype(np.float64))


def _entropy(edge: Edge) -> float:
    log_p = torch.tensor(edge.teacher).double().div(edge.T).log_softmax(-1)
    return -float(torch.xlogy(log_p.exp(), log_p.exp()).sum())
