"""Mistakes with zeros: 0·log 0 is 0, and p > 0 with q = 0 costs +∞. Both by definition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from autograder.exercises.exercise import Mistake

INVISIBLE = ("1e-8", "1e-9", "1e-10", "1e-12", "1e-15")
"""So small an ε shows only where a probability is 0, or tiny."""


def no_guard(breaks: frozenset[str]) -> Mistake:
    """0·log 0 is computed, and gives NaN."""
    return Mistake(
        "zero-times-log-of-zero",
        {"guard": "none"},
        breaks,
        "Your result is NaN where an outcome has probability 0: a computer takes 0·log 0 for "
        "0·(−∞), which is NaN. In the definition it is 0.",
        (
            "Put an outcome of probability 0 into p. What is its term in the sum?",
            "An outcome that never happens adds nothing, whatever its logarithm is.",
            "Select the terms that count, or look up `xlogy`: PyTorch has a product of a number "
            "and a logarithm that minds this.",
        ),
        "floats-are-real-numbers",
    )


def zero_in_both(breaks: frozenset[str]) -> Mistake:
    """`F.kl_div` minds p = 0, and not q = 0 beside it."""
    return Mistake(
        "nan-where-both-are-zero",
        {"guard": "NaN where both are 0"},
        breaks,
        "Right with a zero in p, and NaN where *both* probabilities are 0. (F.kl_div does that: "
        "it subtracts 0·log 0 unguarded.)",
        (
            "Put an outcome of probability 0 into both distributions. What is its term?",
            "0·(−∞) is NaN. Which product in your code, or in the library's, can be that?",
            "Select the terms of outcomes that happen, or look up `xlogy`, and use it twice.",
        ),
        "floats-are-real-numbers",
    )


def skipped(breaks: frozenset[str]) -> Mistake:
    """Outcomes with q = 0 are left out."""
    return Mistake(
        "zeros-of-q-skipped",
        {"guard": "skips q = 0"},
        breaks,
        "Outcomes that q rules out are left out of the sum, although p lets them happen: the "
        "right value there is +∞, and yours is finite.",
        (
            "p = (½, ½), q = (1, 0). How surprised is q by the second outcome?",
            "0·log 0 is 0 because of the *first* factor. Which of the two distributions is it?",
            "Leave out the terms with p = 0, and those alone.",
        ),
        "infinity-is-an-error",
    )


def infinite(breaks: frozenset[str], alone: Mapping[str, str] = MappingProxyType({})) -> Mistake:
    """Every outcome with q = 0 costs ∞, also where p is 0; `alone` stays at rest."""
    return Mistake(
        "zeros-of-q-infinite",
        {"guard": "∞ where q = 0", **alone},
        breaks,
        "Your value is +∞ wherever q rules an outcome out, although p may rule it out as well: "
        "what never happens costs nothing.",
        (
            "p = (1, 0), q = (1, 0). Should q be surprised by anything?",
            "Which outcomes does p let happen? Only those can be costly.",
            "Look at p before you look at q: a term with p = 0 is 0.",
        ),
        "infinity-is-an-error",
    )


def infinite_everywhere(breaks: frozenset[str], alone: Mapping[str, str]) -> Mistake:
    """A single q = 0 makes the whole batch ∞; `alone` holds switches that stay at rest."""
    return Mistake(
        "whole-batch-infinite",
        {"guard": "∞ everywhere", **alone},
        breaks,
        "A single q = 0 makes your value +∞ for *all* rows of the batch, those with p = 0 there "
        "and those without any 0 included.",
        (
            "Take two rows, one with a 0 in q and one without. What comes out for the second?",
            "Every row is a pair of distributions of its own.",
            "No question about the whole tensor is needed: the formula gives +∞ where it belongs.",
        ),
        "infinity-is-an-error",
    )


def least_logarithm(breaks: frozenset[str]) -> Mistake:
    """No logarithm falls below −100, as in PyTorch's binary cross-entropy."""
    return Mistake(
        "logarithm-clamped",
        {"guard": "log q ≥ −100"},
        breaks,
        "The logarithm is not let fall below −100, so that an outcome that q rules out costs a "
        "finite number. The right value there is +∞.",
        (
            "p = (½, ½), q = (1, 0). How surprised is q by the second outcome?",
            "Some library losses clamp their logarithm at −100. This definition does not.",
            "Only 0·log 0 needs care: select the terms that count, or look up `xlogy`.",
        ),
        "infinity-is-an-error",
    )


def tiny_clamped(breaks: frozenset[str]) -> Mistake:
    """`torch.distributions` keeps probabilities a rounding error away from 0."""
    return Mistake(
        "library-clamps",
        {"guard": "tiny q clamped"},
        breaks,
        "Right, also for zeros, and too small where q is tiny: such a probability is taken for "
        "2·10⁻¹⁶. (PyTorch's own classes of distributions do that to every probability.)",
        (
            "Take q = 1e-30 where p = .25. What should that outcome add to the sum?",
            "The logarithm of 1e-30 is −69, an ordinary number. Where does it get lost?",
            "Write the sum out yourself: a product that minds 0·log 0 is all it needs.",
        ),
        "floats-are-real-numbers",
    )


def replaced(
    which: Iterable[str], breaks: frozenset[str], alone: Mapping[str, str] = MappingProxyType({})
) -> tuple[Mistake, ...]:
    """Zeros, and they alone, give way to an ε; `alone` holds switches that stay at rest."""
    return tuple(
        Mistake(
            f"zeros-replaced-by-{each}",
            {"guard": f"0 → {each}", **alone},
            breaks,
            f"Probabilities that are 0 are replaced by {each}, so that an outcome that q rules out "
            "costs a finite number. The right value there is +∞.",
            (
                "p = (½, ½), q = (1, 0). How surprised is q by the second outcome?",
                "A small number in place of 0 hides −∞; it does not give the right answer.",
                "Only 0·log 0 needs care: select the terms that count, or look up `xlogy`.",
            ),
            "infinity-is-an-error",
        )
        for each in which
    )


def nan_to_num(breaks: frozenset[str]) -> Mistake:
    """`torch.nan_to_num` takes infinity away as well."""
    return Mistake(
        "infinity-replaced",
        {"guard": "nan_to_num"},
        breaks,
        "Where the right value is +∞ you return a huge finite number: `nan_to_num` replaces "
        "infinities too, by default.",
        (
            "p = (½, ½), q = (1, 0). How surprised is q by the second outcome?",
            "Look at the signature of the function that takes care of NaN. What else does it do?",
            "Select the terms with p = 0 before they become NaN, rather than afterwards.",
        ),
        "infinity-is-an-error",
    )


def epsilon(
    which: Iterable[str],
    breaks: frozenset[str],
    id: str = "epsilon",
    rest: str = "",
    alone: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Mistake, ...]:
    """An ε inside the logarithm; `rest` of the switch's name says what else is so.

    `alone` holds switches that stay at rest: no pair is made with them.
    """
    return tuple(
        Mistake(
            f"{id}-{each}",
            {"guard": f"ε = {each}{rest}", **alone},
            breaks,
            f"A small number ({each}) stands in for probabilities that are 0 or tiny, so that an "
            "outcome that q rules out costs too little. Where p > 0 meets q = 0 the right value is "
            "+∞.",
            (
                "Take q = 1e-30 where p = .25. What should that outcome add to the sum?",
                "A small number inside a logarithm hides −∞; it does not give the right answer.",
                "Only 0·log 0 needs care: select the terms that count, or look up `xlogy`.",
            ),
            "infinity-is-an-error",
        )
        for each in which
    )
