"""The loss of sequences that are drawn, with every way in which it is got wrong.

Nothing is drawn here: the oracle enumerates all sequences, and says what an estimate is on average
and how far it strays. Plain NumPy in float64; the keywords are those of the other oracles, and a
tree is that of `autograder.oracles.sequences`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.oracles.sequences import Numbers, Tree, sequence_log_probs


@dataclass(frozen=True, eq=False)
class Sampling:
    """How an estimate is made: the chance q [S] of each sequence, and its score f [S]."""

    q: Numbers
    f: Numbers
    p_s: Numbers

    @property
    def mean(self) -> float:
        return float(self.q @ self.f)

    @property
    def sd(self) -> float:
        return float(np.sqrt(self.q @ (self.f - self.mean) ** 2))

    def sd_of_sd(self, n: int) -> float:
        """The standard deviation of the sd of n scores, to first order in 1/n."""
        fourth = float(self.q @ (self.f - self.mean) ** 4)
        return float(np.sqrt(max(fourth - self.sd**4, 0) / n) / (2 * self.sd)) if self.sd else 0.0


def sampling(
    tree_t: Tree, tree_s: Tree, n: int, drawn: str = "teacher", score: str = "−log P_s"
) -> Sampling:
    """Enumerate how `sampled_loss` draws and what it averages, over all S sequences.

    Raises ArithmeticError where the code that the switches describe would raise.
    """
    log_t, log_s = (sequence_log_probs(tree).ravel() for tree in (tree_t, tree_s))
    p_t, p_s = np.exp(log_t), np.exp(log_s)
    if drawn == "without replacement" and n > len(p_t):
        raise ArithmeticError(f"{n} of {len(p_t)} sequences cannot be drawn without replacement")
    q = {
        "teacher": lambda: p_t,
        "student": lambda: p_s,
        "nothing": lambda: p_t,
        "uniformly": lambda: np.ones_like(p_t),
        "without replacement": lambda: np.ones_like(p_t),  # n = S: each comes once
        "at T = 2": lambda: np.exp(sequence_log_probs([_tempered(a, 2) for a in tree_t])),
        "argmax": lambda: p_t == p_t.max(),
        "row of the first prefix": lambda: np.exp(
            sequence_log_probs(tree_t, row="row of the first prefix")
        ),
        "marginals": lambda: _product_of_marginals(np.exp(sequence_log_probs(tree_t))),
        "by |log p|": lambda: np.abs(log_t),
    }[drawn]()
    f = {
        "−log P_s": -log_s,
        "−P_t log P_s": -p_t * log_s,
        "log P_t − log P_s": log_t - log_s,
        "−log P_t": -log_t,
    }[score]
    q = np.asarray(q, float).ravel()
    return Sampling(q / q.sum(), f, p_s)


def _tempered(level: Numbers, T: float) -> Numbers:
    log_p = level / T
    return np.asarray(log_p - np.log(np.exp(log_p).sum(-1, keepdims=True)))


def _product_of_marginals(p: Numbers) -> Numbers:
    axes = range(p.ndim)
    product = np.ones_like(p)
    for i in axes:
        product = product * p.sum(tuple(a for a in axes if a != i), keepdims=True)
    return product


_ERRORS: Mapping[str, Callable[[float, int], float]] = {
    "sd / √n": lambda sd, n: sd / np.sqrt(n),
    "sd": lambda sd, n: sd,
    "sd / n": lambda sd, n: sd / n,
    "var / n": lambda sd, n: sd**2 / n,
    "var / √n": lambda sd, n: sd**2 / np.sqrt(n),
}


def sampled_loss(
    tree_t: Tree, tree_s: Tree, n: int, generator: int, **switches: str
) -> tuple[Numbers, Numbers]:
    """What an estimate of the exact loss from n draws is on average, and its standard error.

    Two trees, n ≥ 2, and the generator's seed, which does not matter here -> two scalars [].
    """
    return _sampled(tree_t, tree_s, n, **switches)[0]


def sampled_loss_spread(
    tree_t: Tree, tree_s: Tree, n: int, generator: int, **switches: str
) -> tuple[Numbers, Numbers]:
    """The standard deviation of each number that `sampled_loss` describes, to first order in 1/n.

    The same arguments -> two scalars [].
    """
    return _sampled(tree_t, tree_s, n, **switches)[1]


def _sampled(
    tree_t: Tree,
    tree_s: Tree,
    n: int,
    *,
    drawn: str = "teacher",
    score: str = "−log P_s",
    average: str = "mean of scores",
    sign: str = "−",
    over: str = "draws",
    error: str = "sd / √n",
) -> tuple[tuple[Numbers, Numbers], tuple[Numbers, Numbers]]:
    """What is returned on average, and how far it strays."""
    made = sampling(tree_t, tree_s, n, drawn, score)
    length = len(tree_t) if over == "draws and tokens" else 1
    made = Sampling(made.q, made.f / length, made.p_s)
    mean_p, sd = made.q @ made.p_s, 0.0 if drawn == "nothing" else made.sd
    sd_p = np.sqrt(made.q @ (made.p_s - mean_p) ** 2)
    estimate, strays = {
        "mean of scores": (made.mean, sd / np.sqrt(n)),
        "sum of scores": (n * made.mean, sd * np.sqrt(n)),
        "log of mean": (-np.log(mean_p) / length, sd_p / mean_p / np.sqrt(n) / length),
    }[average]
    estimate = estimate if sign == "−" else -estimate
    error_of = _ERRORS[error]
    error_strays = error_of(sd + made.sd_of_sd(n), n) - error_of(sd, n)
    if drawn in ("nothing", "without replacement"):  # the mean is the same each time
        strays, error_strays = 0.0, error_of(sd, n) / n  # as with n or n − 1 in the deviation
    return (
        (np.asarray(estimate), np.asarray(error_of(sd, n))),
        (np.asarray(strays), np.asarray(error_strays)),
    )
