"""Random models of sequences that leave no mistake a place to hide.

A tree whose rows are alike hides where prefixes come from, one whose greedy path is its mode hides
how the mode was looked for, and teacher and student must not be near each other.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from autograder.oracles.sampling import sampling
from course_lib.checks.values import Array, tensor

Generator: TypeAlias = np.random.Generator
Tree: TypeAlias = list[np.ndarray]

BIASED = (
    *("student", "uniformly", "at T = 2", "argmax"),
    *("row of the first prefix", "marginals", "by |log p|"),
)
"""Ways to draw, as the oracle names them, whose mean is not the exact loss."""

SCORES = ("−log P_s", "−log P_t", "log P_t − log P_s")
"""What may be averaged, as the oracle names it."""


def tree(rng: Generator, V: int, L: int, scale: float = 1.5) -> Tree:
    """The log-probabilities of random rows, every prefix with its own: arrays [V]*(i+1)."""
    return [_normalised(rng.normal(0, scale, (V,) * (i + 1))) for i in range(L)]


def tree_of_path(rng: Generator, V: int, path: tuple[int, ...]) -> Tree:
    """A tree in which `path` is the likeliest sequence, and greedy decoding finds it."""
    levels = []
    for i in range(len(path)):
        logits = rng.normal(0, 0.4, (V,) * (i + 1))
        logits[path[: i + 1]] = 2.5
        levels.append(_normalised(logits))
    return levels


def tree_with_a_trap(rng: Generator, V: int) -> Tree:
    """A tree of three levels whose likeliest sequence begins with the second-likeliest token.

    After the likeliest first token, 0, nothing is likely, and greedy decoding goes on with 0; after
    the second-likeliest one the rest is all but certain, and never 0: .3·.9·.94 is more than .4/V².
    That token is 1 or 2: its place among all sequences, read as if V were 4, then exists for V = 5.
    """
    second = int(rng.integers(1, 3))
    first = rng.permuted(np.linspace(0.8, 1.2, V)) * 0.3 / (V - 2)  # .3 is left for the others
    first[[0, second]] = 0.4, 0.3
    return _sure_after(rng, second, first / first.sum())


def tree_with_a_deep_trap(rng: Generator, V: int) -> Tree:
    """A tree of three levels whose likeliest sequence begins with the third-likeliest token.

    Whoever keeps the two likeliest prefixes has dropped it after one step.
    """
    third, runner_up = (int(token) for token in 1 + rng.permutation(V - 1)[:2])
    first = rng.permuted(np.linspace(0.8, 1.2, V)) * 0.1 / (V - 3)  # .1 is left for the others
    first[[0, runner_up, third]] = 0.34, 0.3, 0.26
    return _sure_after(rng, third, first / first.sum())


def _sure_after(rng: Generator, sure: int, first: np.ndarray) -> Tree:
    """All but certain after that first token, where after the others nothing is likely."""
    V = len(first)
    levels = [np.log(first)]
    for chance in (0.9, 0.94):
        logits = rng.normal(0, 0.05, (V,) * (len(levels) + 1))
        logits[..., 0] += 0.3
        level = _normalised(logits)
        for prefix in np.ndindex(level.shape[:-1]):
            if prefix[0] == sure:
                level[prefix] = _sure_of(rng, V, chance * rng.uniform(0.98, 1))  # no ties
        levels.append(level)
    return levels


def _sure_of(rng: Generator, V: int, chance: float) -> np.ndarray:
    """A row of log-probabilities in which one token, not 0, has that chance."""
    rest = _normalised(rng.normal(0, 0.3, V - 1)) + np.log(1 - chance)
    return np.insert(rest, rng.integers(1, V), np.log(chance))


def pair(rng: Generator, V: int, L: int) -> tuple[Tree, Tree]:
    """A sure teacher, and a student that has learnt a part of it."""
    logits = [rng.normal(0, 2.5, (V,) * (i + 1)) for i in range(L)]
    return [_normalised(z) for z in logits], [
        _normalised(z + rng.normal(0, 1, z.shape)) for z in logits
    ]


def pair_for_sampling(rng: Generator, V: int, L: int, n: int) -> tuple[Tree, Tree]:
    """A pair for which n draws of any wrong kind betray themselves by their mean.

    Each wrong mean lies a dozen standard errors from the right one, and no standard deviation is
    near 1, where it would equal the variance.
    """
    while True:
        tree_t, tree_s = pair(rng, V, L)
        right = sampling(tree_t, tree_s, n)
        wrong = [sampling(tree_t, tree_s, n, drawn) for drawn in BIASED]
        gaps = [abs(each.mean - right.mean) / max(each.sd, right.sd) for each in wrong]
        scores = [sampling(tree_t, tree_s, n, score=each) for each in SCORES]
        deviations = [each.sd for each in (*scores, wrong[0])]
        if min(gaps) > 12 / np.sqrt(n) and not any(0.7 < sd < 1.4 for sd in deviations):
            return tree_t, tree_s


def inputs(tree: Tree, dtype: str = "float64") -> list[Array]:
    """A tree as an input of a case: a list of tensors."""
    return [tensor(level, dtype) for level in tree]


def _normalised(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)))
