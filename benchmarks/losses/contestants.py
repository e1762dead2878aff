"""Who computes the losses: this library, plain torch, and the peers, each as its users call it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

from benchmarks.losses import peers
from benchmarks.losses.problem import Problem
from course_lib.losses import Projection, distillation_loss

BETA = {"forward_kl": 0.0, "reverse_kl": 1.0}  # of Liger and TRL, where 0 and 1 are the KLs
EVERY = ("forward_kl", "reverse_kl", "jsd", "skew_kl", "total_variation")


@dataclass(frozen=True)
class Contestant:
    """A way to compute a problem's loss, for the divergences that it has.

    `constant` says that its loss lacks the teacher's entropy: it is the cross-entropy.
    """

    name: str
    loss: Callable[[Problem], Tensor]
    divergences: tuple[str, ...] = ("forward_kl", "reverse_kl", "jsd")
    constant: bool = False


def ours(backend: Literal["torch", "chunked", "triton", "auto"]) -> Callable[[Problem], Tensor]:
    def loss(problem: Problem) -> Tensor:
        return distillation_loss(
            problem.student,
            problem.teacher,
            problem.labels,
            divergence=problem.divergence,
            share=problem.share,
            temperature=problem.temperature,
            t_squared=False,
            backend=backend,
        )

    return loss


def plain(problem: Problem) -> Tensor:
    """What one writes: all logits, log_softmax and kl_div, differentiated by autograd."""
    with torch.no_grad():
        log_p = (_linear(problem.teacher) / problem.temperature).log_softmax(-1)
    log_q = (_linear(problem.student) / problem.temperature).log_softmax(-1)
    each = _PLAIN[problem.divergence](log_p, log_q, problem.share)
    return each[problem.labels != -100].mean()


def _kl(log_a: Tensor, log_b: Tensor) -> Tensor:
    return functional.kl_div(log_b, log_a, reduction="none", log_target=True).sum(-1)


def _plain_jsd(log_p: Tensor, log_q: Tensor, share: float) -> Tensor:
    log_m = torch.logaddexp(log_p + math.log(share), log_q + math.log(1 - share))
    return share * _kl(log_p, log_m) + (1 - share) * _kl(log_q, log_m)


_PLAIN: Mapping[str, Callable[[Tensor, Tensor, float], Tensor]] = {
    "forward_kl": lambda p, q, _: _kl(p, q),
    "reverse_kl": lambda p, q, _: _kl(q, p),
    "jsd": _plain_jsd,
    "skew_kl": lambda p, q, s: _kl(
        p, torch.logaddexp(p + math.log(s), q + math.log(1 - s))
    ),
    "total_variation": lambda p, q, _: (p.exp() - q.exp()).abs().sum(-1) / 2,
}  # fmt: skip


def liger(compiled: bool, chunk_size: int = 1024) -> Callable[[Problem], Tensor]:
    """`LigerFusedLinearJSDLoss`; 1,024 is its own chunk size."""

    def loss(problem: Problem) -> Tensor:
        student, teacher = problem.student, problem.teacher
        module = peers.liger().LigerFusedLinearJSDLoss(
            weight_hard_loss=0.0,
            weight_soft_loss=1.0,
            beta=BETA.get(problem.divergence, problem.share),
            temperature=problem.temperature,
            compiled=compiled,
            chunk_size=chunk_size,
        )
        found: Tensor = module(
            student.hidden, student.weight, teacher.hidden, teacher.weight, problem.labels,
            student.bias, teacher.bias,
        )  # fmt: skip
        return found

    return loss


def torchtune(problem: Problem) -> Tensor:
    """Its losses with chunked output, 8 chunks. They have no temperature: logits come divided."""
    kind = "Forward" if problem.divergence == "forward_kl" else "Reverse"
    module = getattr(peers.torchtune(), f"{kind}KLWithChunkedOutputLoss")()
    with torch.no_grad():
        teacher = [
            _linear(problem.teacher, rows) / problem.temperature for rows in _eighths(problem)
        ]
    student = [_linear(problem.student, rows) / problem.temperature for rows in _eighths(problem)]
    found: Tensor = module(student, teacher, problem.labels[None])
    return found


def trl(problem: Problem) -> Tensor:
    """`GKDTrainer.generalized_jsd_loss`."""
    with torch.no_grad():
        teacher = _linear(problem.teacher)
    return peers.trl()(
        _linear(problem.student)[None],
        teacher[None],
        labels=problem.labels[None],
        beta=BETA.get(problem.divergence, problem.share),
        temperature=problem.temperature,
    )


def _linear(of: Projection, rows: slice = slice(None)) -> Tensor:
    return functional.linear(of.hidden[rows], of.weight, of.bias)


def _eighths(problem: Problem) -> list[slice]:
    """As torchtune's models split their output: by `tensor_split`."""
    places = torch.arange(len(problem.labels)).tensor_split(8)
    return [slice(int(x[0]), int(x[-1]) + 1) for x in places if len(x)]


def floor(problem: Problem) -> list[Tensor]:
    """The four matrix products alone, in chunks of 256 tokens: what no such loss can do without."""
    student, teacher, chunk = problem.student, problem.teacher, 256
    N, V = len(student.hidden), len(student.weight)
    with torch.no_grad():
        logits, target = (student.hidden.new_empty(chunk, V) for _ in range(2))
        of_hidden = torch.empty_like(student.hidden)
        of_weight = torch.zeros_like(student.weight)
        for start in range(0, N, chunk):
            rows = slice(start, start + chunk)
            hidden = student.hidden[rows]
            s, t = logits[: len(hidden)], target[: len(hidden)]
            torch.mm(hidden, student.weight.t(), out=s)
            torch.mm(teacher.hidden[rows], teacher.weight.t(), out=t)
            torch.mm(s, student.weight, out=of_hidden[rows])
            of_weight.addmm_(s.t(), hidden)
    return [of_hidden, of_weight]


OURS = Contestant("ours, chunked", ours("chunked"), EVERY)
DENSE = Contestant("ours, torch", ours("torch"), EVERY)
PLAIN = Contestant("plain torch", plain, EVERY)
LIGER = Contestant("Liger", liger(compiled=False))
LIGER_COMPILED = Contestant("Liger, compiled", liger(compiled=True))
LIGER_TUNED = Contestant("Liger, compiled, chunks of 256", liger(compiled=True, chunk_size=256))
TORCHTUNE = Contestant("torchtune", torchtune, ("forward_kl", "reverse_kl"), constant=True)
TRL = Contestant("TRL", trl)
PEERS = (PLAIN, LIGER, LIGER_COMPILED, LIGER_TUNED, TORCHTUNE, TRL)
ALL = {each.name: each for each in (OURS, DENSE, *PEERS)}
FLOOR = "four products alone"


def step(name: str, problem: Problem) -> list[Tensor]:
    """A contestant's gradients; of the floor, the products that such gradients are."""
    if name == FLOOR:
        return floor(problem)
    return list(torch.autograd.grad(ALL[name].loss(problem), problem.leaves))


def field(divergence: str) -> list[str]:
    """The names of all who take part in a race: the floor, ours, and peers that have it."""
    return [FLOOR, OURS.name, *(x.name for x in PEERS if divergence in x.divergences)]
