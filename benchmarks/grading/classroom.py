"""The class: the demo's answers, right and wrong, combined into as many students as are wanted.

Left out is what would measure something else: attackers, loops without end, broken files, and a
warning on stderr, for which stock nbgrader takes all points of a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from autograder.demo import answers as a
from autograder.demo.students import Student

_LOSSES: dict[str, str] = {
    a.KD_LOSS_BY_HAND: "",
    a.KD_LOSS_LIBRARY: "import torch.nn.functional as F",
    a.KD_LOSS_EINSUM: "def soften(logits, T):\n    return torch.softmax(logits / T, dim=-1)",
    a.KD_LOSS_NO_T2: "",
    a.KD_LOSS_SWAPPED: "",
    a.KD_LOSS_NO_T2_SWAPPED: "",
    a.KD_LOSS_DETACHED: "",
}
_SUMS = (a.KD_AND_CE, a.KD_AND_CE_GATHER, a.KD_AND_CE_ALPHA_SWAPPED)
_GRADIENTS = (a.KD_GRAD, a.KD_GRAD_AUTOGRAD, a.KD_GRAD_NUMPY, a.KD_GRAD_SIGN)
_LIMITS = (a.HIGH_T_LIMIT, a.HIGH_T_LIMIT_BY_HAND, a.HIGH_T_LIMIT_NOT_CENTRED)
_STRIDE = 53  # prime to the number of combinations: neighbours in the class differ in every answer


def students(count: int) -> Iterator[Student]:
    """`count` students; every twelfth hands in the untouched copy."""
    works = list(product(_LOSSES, _SUMS, _GRADIENTS, _LIMITS))
    for number in range(count):
        name = f"s{number:05d}"
        if number % 12 == 11:
            yield Student(name, "handed in the untouched copy")
            continue
        loss, both, gradient, limit = works[number * _STRIDE % len(works)]
        before = "\n".join(part for part in (_LOSSES[loss], _imports(gradient)) if part)
        yield Student(
            name,
            "one of the combinations",
            {
                "kd_loss": loss,
                "kd_and_ce": both,
                "kd_grad": gradient,
                "high_T_limit": limit,
                "two_temperatures": a.TWO_TEMPERATURES,
            },
            {"kd_loss": before} if before else {},
        )


def _imports(source: str) -> str:
    return "import numpy as np" if "np." in source else ""
