r"""$\mathrm{Loss}(\Pr^t(\cdot|c,z), \Pr_\theta^s(\cdot|c',z))$ over a batch of tokens."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from course_lib.losses import chunked, dense
from course_lib.losses.backend import Backend, choose_backend
from course_lib.losses.inputs import Projection, Student, Teacher, TopK, leading
from course_lib.losses.objective import Name, Objective
from course_lib.losses.tokens import REDUCTIONS, Reduction, Tokens

_chunked_loss: Callable[..., Tensor] = torch.compiler.disable(  # type: ignore[no-untyped-call]
    chunked.loss, reason="the chunked loss looks at its numbers, to save work"
)


def distillation_loss(
    student: Student,
    teacher: Teacher | None = None,
    labels: Tensor | None = None,
    *,
    divergence: Name = "forward_kl",
    share: float = 0.5,
    alpha: float = 1.0,
    temperature: float = 1.0,
    t_squared: bool = True,
    mask: Tensor | None = None,
    ignore_index: int = -100,
    weights: Tensor | None = None,
    reduction: Reduction = "mean",
    backend: Backend = "auto",
) -> Tensor:
    r"""$\alpha\,T^2 D(p_T, q_T) + (1-\alpha)\,(-\log q(y))$ over the tokens that count, in nats.

    `student` is logits [..., V] or a `Projection`; `teacher` logits of the same shape, a
    `Projection` onto the same V outcomes, or a `TopK`, and gets no gradient. `labels` [...] int64
    are needed for alpha < 1 (0 is cross-entropy alone, without a teacher); wherever they are given,
    tokens labelled `ignore_index` do not count, nor do those where `mask` [...] bool is false.
    `weights` [...] weigh tokens. `share` is β of the JSD or α of the skew KL.

    `reduction` is "mean" (weighted, over the tokens that count; 0 if none does), "sum", "none"
    ([...]) or "sequence" (means over the last dimension of [...]). Half precision is computed in
    float32, and the loss is float32 then. `backend` is "torch" (all logits at once), "chunked"
    (projections only: lean, for large V), "triton" (kernels for a GPU, for projections lean too),
    or "auto"; `choose_backend` says what that comes to. With "torch" the loss compiles into one
    graph, where labels and ids are not looked at; around the others a graph breaks.

    Hinton, Vinyals and Dean 2015, section 2; the divergences name their own papers. Raises
    `ValueError` for shapes that do not fit, numbers out of range, and labels outside [0, V).
    """
    objective = Objective(divergence, share, alpha, temperature, t_squared)
    if reduction not in REDUCTIONS:
        raise ValueError(f"reduction is {reduction!r}: it must be one of {', '.join(REDUCTIONS)}")
    check_inputs(objective, student, teacher, labels)
    if reduction == "sequence" and not leading(student):
        raise ValueError("one token has no sequence to be meant over: tokens must be [..., L]")
    where = student if isinstance(student, Tensor) else student.hidden
    tokens = Tokens.of(
        leading(student),
        where.device,
        labels=labels,
        mask=mask,
        ignore_index=ignore_index,
        weights=weights,
    )
    if labels is not None and alpha < 1 and not torch.compiler.is_compiling():
        _check_labels(labels.reshape(-1)[tokens.valid], _outcomes(student))
    asked = None if alpha == 0 else teacher, None if alpha == 1 else labels
    choice = choose_backend(student, backend, asked[0]).name
    kernels = choice == "triton"
    if isinstance(student, Projection) and choice != "torch":
        return _chunked_loss(objective, student, *asked, tokens, reduction, kernels=kernels)
    found = dense.losses(objective, student, *asked, tokens, kernels=kernels)
    return tokens.combine(tokens.weigh(found, reduction), reduction)


def check_inputs(
    objective: Objective, student: Student, teacher: Teacher | None, labels: Tensor | None
) -> None:
    """Raise `ValueError` unless the inputs fit each other and the objective."""
    tokens = leading(student)
    if isinstance(student, Tensor) and not (student.dim() and student.shape[-1]):
        raise ValueError(f"logits are {list(student.shape)}: they must be [..., V], V at least 1")
    if objective.alpha > 0:
        if teacher is None:
            raise ValueError("alpha is above 0, so a teacher is needed; with labels alone, alpha=0")
        if leading(teacher) != tokens:
            raise ValueError(
                f"the teacher is about tokens {list(leading(teacher))}, the student about "
                f"{list(tokens)}: both must be about the same"
            )
        if not isinstance(teacher, TopK) and _outcomes(teacher) != _outcomes(student):
            raise ValueError(
                f"the teacher has {_outcomes(teacher)} outcomes, the student "
                f"{_outcomes(student)}: leave out the logits that only one has (padding of a "
                "vocabulary), or set them to -inf in the one and add them as -inf to the other"
            )
        if isinstance(teacher, TopK) and not _inside(teacher.ids, student):
            raise ValueError(f"a teacher's id lies outside the {_outcomes(student)} outcomes")
    if objective.alpha < 1 and labels is None:
        raise ValueError("alpha is below 1, so labels are needed; with a teacher alone, alpha=1")


def _check_labels(counted: Tensor, outcomes: int) -> None:
    if counted.is_floating_point() or counted.dtype == torch.bool:
        raise ValueError(f"labels must be integers, not {counted.dtype}")
    if counted.numel() and not bool(((counted >= 0) & (counted < outcomes)).all()):
        raise ValueError(
            f"labels must lie in [0, {outcomes}), and some do not: they go from "
            f"{int(counted.min())} to {int(counted.max())}"
        )


def _inside(ids: Tensor, student: Student) -> bool:
    if torch.compiler.is_compiling():  # a graph cannot look at numbers
        return True
    return bool(((ids >= 0) & (ids < _outcomes(student))).all())


def _outcomes(of: Tensor | Projection) -> int:
    return of.outcomes if isinstance(of, Projection) else of.shape[-1]
