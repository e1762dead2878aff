"""Models and batches for the cases of 05 and 06, as plain values that a probe builds from.

V = 4 outcomes, B = 3 examples, N = 8 answer tokens, and rows of 9 and 7: no two of them are equal,
so that no mean can be taken for another.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.oracles import reading
from course_lib.checks.values import Value, tensor

V = 4
ANSWERS = (1, 3, 4)
"""How many tokens the answers of a batch have, in any order."""


def reader(
    rng: np.random.Generator, sd: float = 1.0, dtype: str = "float64", **state: Any
) -> dict[str, Value]:
    """A `Reader` with random weights; `state` is what the builder takes besides.

    `dropped=True` gives it a dropout that takes away one outcome of four.
    """
    if state.pop("dropped", False):
        dropped = np.zeros(V, dtype=bool)
        dropped[rng.integers(V)] = True
        state["dropped"] = tensor(dropped, "bool")
    shapes = {"prior": (V,), "token.weight": (V, V), "context.weight": (V, V), "context.bias": (V,)}
    # a mean of one-hot vectors is small: larger weights, or the context would hardly matter
    sizes = {"context.weight": 3.0}
    weights = {
        name: tensor(rng.normal(0, sd * sizes.get(name, 1.0), shapes[name]), dtype)
        for name in reading.PARAMETERS
    }
    return {"weights": weights, **state}


def left_over(rng: np.random.Generator, model: dict[str, Value]) -> dict[str, Value]:
    """The same model with random gradients that somebody left in it."""
    gradients = {
        name: tensor(rng.normal(size=each.shape), each.dtype)
        for name, each in model["weights"].items()
    }
    return {**model, "gradients": gradients}


def batch(rng: np.random.Generator, answers: tuple[int, ...] = ANSWERS) -> dict[str, Value]:
    """Examples (c, z, y) for the teacher and (c′, z, y) for the student, padded at their ends.

    c has 3 tokens, c′ one, z two; `answers` are the numbers of tokens of y, in a random order.
    """
    rows: list[tuple[np.ndarray, np.ndarray]] = []
    lengths = rng.permutation(answers)
    for length in lengths:
        c, z_y, c_prime = (rng.integers(0, V, n) for n in (3, 2 + length, 1))
        rows.append((np.concatenate([c, z_y]), np.concatenate([c_prime, z_y])))
    of_teacher, of_student = zip(*rows, strict=True)
    xt, mt = _padded(rng, of_teacher, lengths)
    xs, ms = _padded(rng, of_student, lengths)
    return {"xt": xt, "mt": mt, "xs": xs, "ms": ms}


def _padded(
    rng: np.random.Generator, rows: tuple[np.ndarray, ...], lengths: np.ndarray
) -> tuple[Value, Value]:
    """Tokens and answer mask of rows whose last `lengths` tokens are the answer."""
    longest = max(map(len, rows))
    tokens = rng.integers(0, V, (len(rows), longest))  # whatever stands in a pad
    mask = np.zeros(tokens.shape, dtype=bool)
    for b, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        tokens[b, : len(row)] = row
        mask[b, len(row) - length : len(row)] = True
    return tensor(tokens, "int64"), tensor(mask, "bool")


def temperature(rng: np.random.Generator) -> float:
    """Between 1.8 and 1.95, or between .6 and .75: T² is no V, B or N, and T is far from 1."""
    low, high = ((1.8, 1.95), (0.6, 0.75))[rng.integers(2)]
    return float(rng.uniform(low, high))


def rate(rng: np.random.Generator) -> float:
    """A learning rate, far from .1 and .01, which people write from habit."""
    return float(rng.uniform(0.3, 0.8))
