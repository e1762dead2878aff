"""The loss of sequences that are drawn, with every way in which it is got wrong.

Nothing is drawn here: the oracle enumerates all sequences, and says what an estimate is on average
and how far it strays. Plain NumPy in float64; the keywords are those of the other oracles, and a
tree is that of `autograder.oracles.sequences`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from autograder.oracles.sequences import Numbers, Tree, sequence_log_probs


@dataclass(frozen=True, eq=False)
class Sampling:
    """How an estimate is made: the chance q [S] of each sequence, and its score f [S].

    `once`, where no sequence counts twice, is the chance [S] that it is among those that count; q
    is its share of them. They are nearly independent: that is how far what they give strays.
    """

    q: Numbers
    f: Numbers
    p_s: Numbers
    once: Numbers | None = None

    @property
    def mean(self) -> float:
        return float(self.q @ self.f)

    @property
    def sd(self) -> float:
        return float(np.sqrt(self.q @ (self.f - self.mean) ** 2))

    def count(self, n: int) -> float:
        """How many scores n draws give, on average."""
        return n if self.once is None else float(self.once.sum())

    def strays(self, of: Numbers, n: int) -> float:
        """The standard deviation of the mean of something [S] over n draws."""
        away = (of - self.q @ of) ** 2
        if self.once is None:
            return float(np.sqrt(self.q @ away / n))
        return float(np.sqrt((self.once * (1 - self.once)) @ away) / self.once.sum())

    def weighed(self, by: Numbers, n: int) -> tuple[float, float]:
        """The mean score under weights [S] that are normalised over n draws, and how it strays."""
        total = self.q @ by
        mean = float(self.q @ (by * self.f) / total)
        return mean, self.strays(by * (self.f - mean) / total, n)

    def sd_of_sd(self, n: int) -> float:
        """The standard deviation of the sd of n draws' scores, to first order in 1/n."""
        return self.strays((self.f - self.mean) ** 2, n) / (2 * self.sd) if self.sd else 0.0


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
    once = {
        "without replacement": lambda: _chosen(p_t, n),
        "without replacement, all at most": lambda: _chosen(p_t, n),
        "each once": lambda: -np.expm1(n * np.log1p(-p_t)),
    }.get(drawn, lambda: None)()
    q = once if once is not None else _chances(tree_t, log_t, p_s, drawn)
    f = {
        "−log P_s": -log_s,
        "−P_t log P_s": -p_t * log_s,
        "log P_t − log P_s": log_t - log_s,
        "−log P_t": -log_t,
    }[score]
    q = np.asarray(q, float).ravel()
    return Sampling(q / q.sum(), f, p_s, once)


def _chosen(p: Numbers, n: int) -> Numbers:
    """The chance of each to be among n that are drawn without replacement, to first order.

    Whoever comes first is taken, and all come after exponential times: 1 − exp(−p·t) have come at
    the time t, and t is when n have. Rosén, *Asymptotic theory for order sampling* (1997).
    """
    if n >= len(p):
        return np.ones_like(p)
    log_t = np.linspace(0, 60, 6001)  # t from 1 to e⁶⁰: the sum grows with it
    come = -np.expm1(-p[:, None] * np.exp(log_t)).sum(0)
    return np.asarray(-np.expm1(-p * np.exp(np.interp(n, come, log_t))))


def _chances(tree_t: Tree, log_t: Numbers, p_s: Numbers, drawn: str) -> Numbers:
    """What the chance of each sequence is proportional to, where each draw is like the first."""
    p_t = np.exp(log_t)
    chances: dict[str, Callable[[], Numbers]] = {
        "teacher": lambda: p_t,
        "student": lambda: p_s,
        "nothing": lambda: p_t,
        "uniformly": lambda: np.ones_like(p_t),
        "at T = 2": lambda: np.exp(sequence_log_probs([_tempered(a, 2) for a in tree_t])),
        "argmax": lambda: p_t == p_t.max(),
        "row of the first prefix": lambda: np.exp(
            sequence_log_probs(tree_t, row="row of the first prefix")
        ),
        "marginals": lambda: _product_of_marginals(np.exp(sequence_log_probs(tree_t))),
        "by |log p|": lambda: np.abs(log_t),
    }
    return chances[drawn]()


def _tempered(level: Numbers, T: float) -> Numbers:
    log_p = level / T
    return np.asarray(log_p - np.log(np.exp(log_p).sum(-1, keepdims=True)))


def _product_of_marginals(p: Numbers) -> Numbers:
    axes = range(p.ndim)
    product = np.ones_like(p)
    for i in axes:
        product = product * p.sum(tuple(a for a in axes if a != i), keepdims=True)
    return product


_ERRORS: Mapping[str, Callable[[float, float], float]] = {
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
    made = replace(made, f=made.f / length)
    count, mean_p = made.count(n), made.q @ made.p_s
    mean_strays = made.strays(made.f, n)
    estimate, strays = {
        "mean of scores": (made.mean, mean_strays),
        "sum of scores": (count * made.mean, count * mean_strays),
        "log of mean": (-np.log(mean_p) / length, made.strays(made.p_s, n) / mean_p / length),
        "by p_t again": made.weighed(np.exp(sequence_log_probs(tree_t).ravel()), n),
    }[average]
    estimate = estimate if sign == "−" else -estimate
    sd = 0.0 if drawn == "nothing" else made.sd
    error_of, by = _ERRORS[error], count if drawn == "each once" else n
    error_strays = error_of(sd + made.sd_of_sd(n), by) - error_of(sd, by)
    if made.once is not None:  # the deviation may be divided by one less
        error_strays += error_of(sd, by) / count
    if drawn == "nothing":
        strays, error_strays = 0.0, 0.0
    return (
        (np.asarray(estimate), np.asarray(error_of(sd, by))),
        (np.asarray(strays), np.asarray(error_strays)),
    )
