"""`high_T_limit(logits_t, logits_s)`: the mean over positions of ½·Var_V(z_s − z_t)."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.distillation_loss import draws
from autograder.exercises.exercise import Exercise, Mistake
from autograder.oracles import distillation
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Cases of every shape, in which each row has its own mean: else centring is invisible."""
    atol = draws.float32_atol(1)
    return (
        _case("skewed", draws.skewed_logits(rng)),
        _case("ordinary", draws.two_logits(rng, 1)),
        _case("square", draws.square_logits(rng)),
        _case("batch of sequences", draws.two_logits(rng, 2)),
        _case("one position", draws.two_logits(rng, 0)),
        _case("shifted rows", draws.shifted_logits(rng)),
        _case("float32", draws.two_logits(rng, 1), "float32", diagnose=False, atol=atol),
    )


def _case(
    id: str, logits: tuple[np.ndarray, np.ndarray], dtype: str = "float64", **options: Any
) -> Case:
    z_t, z_s = logits
    inputs = {"logits_t": tensor(z_t, dtype), "logits_s": tensor(z_s, dtype)}
    return Case(id, inputs, **options)


PROPERTIES = (
    Property(
        "value",
        "the limit is right for logits of shape [N, V]",
        2,
        ("skewed", "ordinary", "square"),
        core=True,
    ),
    Property(
        "any shape",
        "it is right for [B, L, V] and for [V] as well",
        0.5,
        ("batch of sequences", "one position"),
    ),
    Property(
        "shift",
        "a constant added to all logits of a row changes nothing",
        0.5,
        ("shifted rows",),
    ),
    Property(
        "inputs",
        "the tensors that were passed in are as they were before",
        0.5,
        ("ordinary", "batch of sequences"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "the result is a tensor of the inputs' dtype: float32 in, float32 out, and float64 as well",
        0.5,
        ("float32", "skewed"),
        aspect="dtype",
    ),
)

ALL = frozenset({"value", "any shape", "shift"})

MISTAKES = (
    Mistake(
        "not-centred",
        {"centre": "nothing"},
        ALL,
        "Your value is half the mean *square* of z_s − z_t, not half its variance: the mean of "
        "each row is not subtracted.",
        (
            "Add 5 to all logits of the student. KL does not change; does your limit?",
            "A variance is the mean square of the distances from the mean.",
            "One subtraction is missing, row by row.",
        ),
        "matching-logits",
    ),
    Mistake(
        "centred-over-all",
        {"centre": "whole tensor"},
        ALL,
        "One mean over the whole tensor is subtracted; each row has its own.",
        (
            "Add 5 to the student's logits at one position only. KL does not change there; does "
            "your limit?",
            "The variance is taken over the outcomes of one position, then averaged.",
            "Over which dimensions does your mean, or your variance, run?",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "student-centred-only",
        {"centre": "student"},
        ALL,
        "Only the student's logits are centred; the teacher's mean is still in the difference.",
        (
            "Add 5 to all logits of the teacher. KL does not change; does your limit?",
            "What is subtracted from one model has to be subtracted from the other.",
            "Take the difference first, and centre it then.",
        ),
        "temperature-of-one-model",
    ),
    Mistake(
        "no-half",
        {"factor": "1"},
        ALL,
        "Your value is twice the expected one: the ½ is missing.",
        (
            "At the point of the text the limit is .4. What do you get?",
            "KL between two close distributions is a second-order term of a Taylor series. Which "
            "factor does it carry?",
            "Everything is right but a factor of 2.",
        ),
    ),
    Mistake(
        "always-zero",
        {"factor": "0"},
        ALL,
        "Your limit is always 0. Both distributions do become uniform, and KL does go to 0; but "
        "it is multiplied by T², which grows as fast as KL shrinks.",
        (
            "Compute T²·KL at T = 10, 100, 1000. Where does it go?",
            "KL shrinks like 1/T². What is T² times 1/T²?",
            "Expand softmax(z/T) to first order in 1/T: 1/V·(1 + (z − mean)/T).",
        ),
        "high-temperature-forgets",
    ),
    Mistake(
        "sample-variance",
        {"divide_by": "V − 1"},
        ALL,
        "Your value is V/(V − 1) times the expected one: the variance is divided by V − 1, as for "
        "a sample. The outcomes are all there are, so it is divided by V.",
        (
            "Divide your value by the expected one for V = 5. Which fraction is it?",
            "A library's variance divides by V − 1 unless it is told otherwise.",
            "The population's variance is asked for: there is an argument for it.",
        ),
        "variance-of-a-sample",
    ),
    Mistake(
        "summed-over-outcomes",
        {"divide_by": "1"},
        ALL,
        "Your value is V times the expected one: the squares are summed over the outcomes, not "
        "averaged.",
        (
            "In the limit each outcome has the probability 1/V. Where is it in yours?",
            "KL is a sum over outcomes, weighed by p; and what is p when T is large?",
            "A variance is a mean.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-by-v-squared",
        {"divide_by": "V²"},
        ALL,
        "Your value is 1/V of the expected one: it is divided by V twice.",
        (
            "Count the divisions by V in your lines.",
            "The weights 1/V of the outcomes make the sum of squares a mean. That is the only V.",
            "A mean of something that is divided by V already?",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "summed-over-positions",
        {"over": "nothing"},
        ALL,
        "Your value is N times the expected one: it is summed over the positions; the mean is "
        "asked for.",
        (
            "Stack the same logits twice. Should the limit double?",
            "The limit belongs to kd_loss, which is a mean over the positions.",
            "Divide by the number of positions: everything but the last dimension.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "one-number-per-position",
        {"over": "not reduced"},
        ALL,
        "You return one number for each position. They are right; their mean is asked for.",
        (
            "Look at the shape of your result: what has been reduced, what has not?",
            "The limit is one number, like the loss that tends to it.",
            "One more mean, over all positions, is missing at the end.",
        ),
    ),
)

HIGH_T_LIMIT = Exercise(
    id="high_T_limit",
    title="What remains at a high temperature",
    oracle=distillation.high_T_limit,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Let T grow: z/T becomes small, and exp(x) ≈ 1 + x. What do the two distributions become, "
        "to first order in 1/T?",
        "For distributions close to each other KL ≈ ½ Σ (p_t − p_s)²/p, and every p is nearly "
        "1/V. Insert the first order; what happens to T² and to the mean of each row?",
        "The result is half a variance over the outcomes, of the difference of the two rows of "
        "logits; then the mean over the positions. At the point of the text it is .4.",
    ),
)
