"""`masked_kl(logits_t, logits_s, mask, T=1.0)`: T²·ΣKL/Σmask, and 0 for an empty mask."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.distillation_loss.draws import (
    high_temperature,
    integer_temperature,
    low_temperature,
)
from autograder.exercises.exercise import Exercise
from autograder.exercises.tokens import draws
from autograder.exercises.tokens.masked_kl_mistakes import MISTAKES
from autograder.oracles import tokens
from course_lib.checks.compare import ATOL32
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor

BOTH = ("logits_t", "logits_s")


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Rows with different counts, pads that differ, temperatures below 1 and above 2, edges."""
    B, M, V = draws.sizes(rng)
    mask, T = draws.left_mask(draws.counts(rng, B, M - 1), M), low_temperature(rng)
    z_t, z_s = draws.two_logits(rng, mask, V)
    pads = draws.columns_of_pads(mask)
    more_t, more_s, more = (draws.append_pads(rng, each, pads) for each in (z_t, z_s, mask))
    huge_t, huge_s = (draws.append_pads(rng, each, pads, wild=20_000) for each in (z_t, z_s))
    scattered = draws.scattered_mask(rng, B, M)
    without = draws.scattered_mask(rng, B, M)
    without[without.sum(1).argmax()] = False
    square = draws.left_mask(draws.counts(rng, 5, 6), 7)
    none, one, high = np.zeros((2, 3), bool), np.zeros((2, 3), bool), high_temperature(rng)
    one[1, 0] = True
    return (
        _case("skewed", z_t, z_s, mask, T),
        _case("padded", more_t, more_s, more, T),
        _case("huge pads", huge_t, huge_s, more, T),
        _random(rng, "scattered", scattered, V, high_temperature(rng)),
        _random(rng, "integer T", scattered, 5, integer_temperature(rng)),
        _random(rng, "T left out", mask, V, None),
        _random(rng, "as many rows as outcomes", square, 5, low_temperature(rng)),
        _random(rng, "row without", without, V, low_temperature(rng), diagnose=False),
        _random(rng, "one token", one, 5, low_temperature(rng), diagnose=False),
        # atol 0: an empty mask promises exactly 0, and so do the gradients of all that is masked
        _random(rng, "empty", none, 5, low_temperature(rng), differentiate=BOTH, atol=0.0),
        _random(
            rng,
            "gradient",
            scattered,
            V,
            low_temperature(rng),
            differentiate=BOTH,
            diagnose=False,
            atol=0.0,
        ),
        _random(
            rng,
            "float32",
            mask,
            V,
            high,
            dtype="float32",
            diagnose=False,
            atol=ATOL32 * high**2,
        ),
        _nan_in_pads(rng, mask, V),
        _impossible_outcome(rng, mask, V),
    )


def _random(
    rng: np.random.Generator, id: str, mask: np.ndarray, V: int, T: float | None, **options: Any
) -> Case:
    return _case(id, *draws.two_logits(rng, mask, V), mask, T, **options)


def _nan_in_pads(rng: np.random.Generator, mask: np.ndarray, V: int) -> Case:
    z_t, z_s = (np.where(mask[..., None], z, np.nan) for z in draws.two_logits(rng, mask, V))
    options: dict[str, Any] = {"differentiate": ("logits_s",), "diagnose": False}
    return _case("NaN in pads", z_t, z_s, mask, low_temperature(rng), **options)


def _impossible_outcome(rng: np.random.Generator, mask: np.ndarray, V: int) -> Case:
    z_t, z_s = draws.two_logits(rng, mask, V)
    z_t[0, 0, z_t[0, 0].argmin()] = -np.inf
    return _case("impossible outcome", z_t, z_s, mask, low_temperature(rng), diagnose=False)


def _case(
    id: str,
    z_t: np.ndarray,
    z_s: np.ndarray,
    mask: np.ndarray,
    T: float | None,
    dtype: str = "float64",
    **options: Any,
) -> Case:
    inputs: dict[str, Any] = {
        "logits_t": tensor(z_t, dtype),
        "logits_s": tensor(z_s, dtype),
        "mask": tensor(mask, "bool"),
    }
    return Case(id, inputs if T is None else inputs | {"T": T}, **options)


PROPERTIES = (
    Property(
        "value",
        "the value is right: for T below 1, above 2, an int and left out, wherever the mask is "
        "true",
        3,
        (
            "skewed",
            "scattered",
            "integer T",
            "T left out",
            "as many rows as outcomes",
            "row without",
            "one token",
        ),
        core=True,
    ),
    Property(
        "pads",
        "columns of padding that are appended change nothing, whatever stands there",
        1,
        ("padded", "huge pads"),
    ),
    Property("empty", "an empty mask gives exactly 0", 1, ("empty",)),
    Property(
        "empty gradient",
        "an empty mask can be differentiated, and the gradient is exactly 0",
        1,
        ("empty",),
        aspect="gradient",
        argument="logits_s",
    ),
    Property(
        "gradient",
        "the gradient that reaches the student's logits is right, and exactly 0 on pads",
        2,
        ("gradient",),
        aspect="gradient",
        argument="logits_s",
    ),
    Property(
        "teacher",
        "no gradient reaches the teacher's logits",
        1,
        ("gradient",),
        aspect="no gradient",
        argument="logits_t",
    ),
    Property(
        "inputs",
        "the tensors that were passed in are as they were before",
        1,
        ("skewed", "padded", "gradient"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "the result is a tensor of the inputs' dtype: float32 in, float32 out, and float64 as well",
        1,
        ("float32", "skewed"),
        aspect="dtype",
    ),
    Property(
        "NaN in pads",
        "NaN in the padding does not reach the loss; pays nothing, good to have",
        0,
        ("NaN in pads",),
    ),
    Property(
        "NaN gradient",
        "nor does it reach the gradient (a product with 0 or torch.where lets it through); pays "
        "nothing, good to have",
        0,
        ("NaN in pads",),
        aspect="gradient",
        argument="logits_s",
    ),
    Property(
        "impossible",
        "an outcome that is impossible for the teacher (logit −∞) adds 0; pays nothing, good to "
        "have",
        0,
        ("impossible outcome",),
    ),
)

MASKED_KL = Exercise(
    id="masked_kl",
    title="The loss over answer tokens",
    oracle=tokens.masked_kl,
    gradients=tokens.masked_kl_gradients,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Two questions: which positions take part, and what is their sum divided by? The answer to "
        "both is the mask.",
        "The loss of each position, [B, M], is that of the last notebook before its mean: KL of "
        "the two softened distributions, summed over the outcomes.",
        "T²·Σ mask·KL / Σ mask. If Σ mask is 0, so is the sum above: divide by 1 instead, and the "
        "gradient stays a gradient. The teacher's logits are data: detach them.",
    ),
)
