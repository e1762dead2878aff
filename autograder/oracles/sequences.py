"""Losses of whole sequences by enumeration, with every way in which they are got wrong.

Plain NumPy in float64, independent of torch. Each keyword is one decision that whoever writes the
function has to take. Its default is the right one, so that a call without keywords is the truth;
each other value is a mistake that students make; two moved at once are two mistakes.

A model of sequences y of length L over V tokens is a list of arrays: `tree[i]`, of shape
[V]*(i+1), holds log Pr(y_i | y_<i), the prefix's indices first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

Numbers: TypeAlias = np.ndarray
Tree: TypeAlias = list[Numbers]

_SIGNS = {"+": 1, "−": -1}


def first_row(level: Numbers) -> Numbers:
    """The row of the first prefix, for every prefix: [V]*(i+1) -> the same shape."""
    row = level[(0,) * (level.ndim - 1)]
    return np.broadcast_to(row, level.shape)


# How a level of the tree is read: right, or as if it had other rows.
_READ: Mapping[str, Callable[[Numbers], Numbers]] = {
    "own row": lambda level: level,
    "row of the first prefix": first_row,
    "prefix backwards": lambda level: level.transpose(
        *reversed(range(level.ndim - 1)), level.ndim - 1
    ),
}


def sequence_log_probs(
    tree: Tree,
    *,
    row: str = "own row",
    levels: str = "all",
    combine: str = "sum",
    aligned: str = "left",
    gives: str = "log",
    axes: str = "in order",
    shape: str = "[V]*L",
) -> Numbers:
    """The log-probability of every y, by the chain rule: a tree -> [V]*L. Its exp sums to 1."""
    if levels == "first three":
        tree = tree[:3]
    used = {"last": tree[-1:], "but the first": tree[1:]}.get(levels, tree)
    L, V = len(tree), tree[0].shape[-1]
    total: Numbers = np.zeros((V,) * L) if combine != "product" else np.ones((V,) * L)
    for level in used:
        read = _READ[row](level)
        missing = (1,) * (L - read.ndim)
        each = read.reshape(read.shape + missing if aligned == "left" else missing + read.shape)
        total = total * each if combine == "product" else total + each
    if combine == "mean":
        total = total / L
    if axes == "reversed":
        total = total.transpose()
    if shape == "flat":
        total = total.ravel()
    return np.exp(total) if gives == "probabilities" else total


# -- the exact loss -----------------------------------------------------------------------------


def exact_loss(
    tree_t: Tree,
    tree_s: Tree,
    *,
    sign: str = "−",
    compare: str = "Σ P_t log P_s",
    prefixes: str = "teacher",
    tokens: str = "all",
    mean: str = "none",
    read: str = "own row",
    base: str = "e",
    weights: str = "of sequences",
    from_the_right: str = "none",
    summed: str = "over everything",
) -> Numbers:
    """−Σ_y Pr^t(y) log Pr^s(y): two trees -> a scalar [] in nats.

    With `prefixes` or `tokens` it is added up token by token, Σ_i Σ_{y_<i} w(y_<i)·(…), where the
    last three switches have no meaning.
    """
    tree_t, tree_s = ([_READ[read](level) for level in tree] for tree in (tree_t, tree_s))
    L, V = len(tree_t), tree_t[0].shape[-1]
    if (prefixes, tokens) == ("teacher", "all"):
        right = {"none": "", "student": "s", "both": "ts"}[from_the_right]
        log_t, log_s = (
            sequence_log_probs(tree, aligned="right" if name in right else "left")
            for name, tree in (("t", tree_t), ("s", tree_s))
        )
        if weights == "of last tokens":
            log_t = log_t - np.log(np.exp(log_t).sum(-1, keepdims=True))
        over = -1 if summed == "over the last token" else None
        total = _compared(log_t, log_s, compare, over=over)
    else:
        levels = {"all": range(L), "first": range(1), "last": range(L - 1, L)}[tokens]
        weight = prefix_weights(tree_t, tree_s, prefixes)
        each = [_compared(tree_t[i], tree_s[i], compare, weight[i][..., None]) for i in levels]
        total = np.sum(each)
    total = total / {"none": 1, "L": L, "V^L": V**L}[mean]
    return np.asarray(_SIGNS[sign] * total / (np.log(2) if base == "2" else 1))


def _compared(
    log_t: Numbers,
    log_s: Numbers,
    compare: str,
    weight: Numbers | float = 1.0,
    over: int | None = None,
) -> Numbers:
    """What the minus stands before: Σ over all outcomes, each outcome's prefix weighed."""
    p_t, p_s = np.exp(log_t), np.exp(log_s)
    if compare == "log Σ P_t P_s":
        return np.asarray(np.log((weight * p_t * p_s).sum(over)))
    each = {
        "Σ P_t log P_s": p_t * log_s,
        "Σ P_t² log P_s": p_t**2 * log_s,
        "Σ P_s log P_t": p_s * log_t,
        "Σ P_t log (P_s / P_t)": p_t * (log_s - log_t),
        "Σ log P_s": log_s,
        "Σ log P_t log P_s": log_t * log_s,
        "Σ P_t P_s": p_t * p_s,
    }[compare]
    return np.asarray((weight * each).sum(over))


def prefix_weights(tree_t: Tree, tree_s: Tree, prefixes: str) -> list[Numbers]:
    """The weight of every prefix y_<i, for i = 0, 1, …: arrays [V]*i."""
    V = tree_t[0].shape[-1]
    weights = []
    for i in range(len(tree_t)):
        uniform = np.full((V,) * i, 1.0 / V**i)
        if prefixes in ("teacher", "student") and i:
            tree = tree_t if prefixes == "teacher" else tree_s
            weights.append(np.exp(sequence_log_probs(tree[:i])))
        elif prefixes == "teacher, from the right" and i:
            weights.append(np.exp(sequence_log_probs(tree_t[:i], aligned="right")))
        elif prefixes == "last token" and i:
            weights.append(np.exp(tree_t[i - 1]))
        elif prefixes == "greedy":
            weights.append(_only(greedy(tree_t)[:i], V))
        elif prefixes == "summed":
            weights.append(np.ones_like(uniform))
        else:
            weights.append(uniform)
    return weights


def _only(prefix: tuple[int, ...], V: int) -> Numbers:
    weight = np.zeros((V,) * len(prefix))
    weight[prefix] = 1.0
    return weight


def greedy(tree: Tree) -> tuple[int, ...]:
    """The sequence that takes the likeliest token at each step."""
    prefix: tuple[int, ...] = ()
    for level in tree:
        prefix = (*prefix, int(level[prefix].argmax()))
    return prefix


def beam_of_two(tree: Tree) -> tuple[int, ...]:
    """The likeliest sequence that is found if the two likeliest prefixes are kept at each step."""
    beams: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for level in tree:
        longer = [(s + x, (*y, v)) for s, y in beams for v, x in enumerate(level[y])]
        beams = sorted(longer, reverse=True)[:2]
    return beams[0][1]


def mode(tree: Tree) -> tuple[int, ...]:
    """The likeliest of all sequences."""
    return _place_of(np.argmax, sequence_log_probs(tree))


def _place_of(extreme: Callable[[Numbers], np.intp], of: Numbers) -> tuple[int, ...]:
    """The index of the largest, or smallest, number."""
    return tuple(int(i) for i in np.unravel_index(extreme(of), of.shape))


# -- the loss of the likeliest sequence ---------------------------------------------------------


def argmax_loss(
    tree_t: Tree,
    tree_s: Tree,
    *,
    chosen: str = "mode of teacher",
    scored: str = "by student",
    weight: str = "1",
    sign: str = "−",
    mean: str = "none",
    index: str = "unravelled",
    read: str = "own row",
    roles: str = "as named",
) -> Numbers:
    """−log Pr^s(ŷ) where ŷ is the likeliest of all sequences under Pr^t: two trees -> a scalar [].

    Raises ArithmeticError where the code that the switches describe would raise.
    """
    tree_t, tree_s = ([_READ[read](level) for level in tree] for tree in (tree_t, tree_s))
    if roles == "swapped":
        tree_t, tree_s = tree_s, tree_t
    log_t, log_s = sequence_log_probs(tree_t), sequence_log_probs(tree_s)
    y: Any = {
        "mode of teacher": mode(tree_t),
        "greedy": greedy(tree_t),
        "mode of student": mode(tree_s),
        "mode of each token": _modes_of_marginals(log_t),
        "beam of two": beam_of_two(tree_t),
        "mode of the last level": _place_of(np.argmax, tree_t[-1]),
        "least likely": _place_of(np.argmin, log_t),
        "last token of each prefix": _last_tokens(log_t),
    }[chosen]
    scores = {"by student": log_s, "last token by student": tree_s[-1]}.get(scored, log_t)
    if weight == "Pr^t, all sequences":
        score = (np.exp(log_t) * scores).sum()
    else:
        score = scores[_INDICES[index](y, scores) if isinstance(y[0], int) else y]
        score = score * (np.exp(log_t[y]) if weight == "Pr^t(ŷ)" else 1)
    return np.asarray(_SIGNS[sign] * score / {"none": 1, "L": len(tree_t)}[mean])


def _last_tokens(log_p: Numbers) -> tuple[Numbers, ...]:
    """An index that takes the likeliest last token after every prefix."""
    return (*np.indices(log_p.shape[:-1]), log_p.argmax(-1))


def _flat(y: tuple[int, ...], scores: Numbers) -> int:
    """The place of y in the flattened array, which is no index of the first dimension."""
    place = int(np.ravel_multi_index(y, scores.shape))
    if place >= len(scores):
        raise ArithmeticError(f"index {place} is out of bounds: there are {len(scores)} rows")
    return place


def _decoded(y: tuple[int, ...], scores: Numbers) -> tuple[int, ...]:
    """The index y from its place in the flattened array, as if V were 4 and L were 3."""
    place = int(np.ravel_multi_index(y, scores.shape))
    found = place // 16, place % 16 // 4, place % 4
    if scores.ndim != len(found) or max(found) >= len(scores):
        raise ArithmeticError(f"index {found} is out of bounds for shape {scores.shape}")
    return found


_INDICES: Mapping[str, Callable[[tuple[int, ...], Numbers], int | tuple[int, ...]]] = {
    "unravelled": lambda y, scores: y,
    "flat": _flat,
    "by 16, 4 and 1": _decoded,
    "backwards": lambda y, scores: y[::-1],
}


def _modes_of_marginals(log_p: Numbers) -> tuple[int, ...]:
    axes = range(log_p.ndim)
    p = np.exp(log_p)
    return tuple(int(p.sum(tuple(a for a in axes if a != i)).argmax()) for i in axes)


# -- token by token -----------------------------------------------------------------------------


def token_kls(
    tree_t: Tree,
    tree_s: Tree,
    *,
    prefixes: str = "teacher",
    compare: str = "KL(t‖s)",
    add: str = "per token",
    outcomes: str = "sum",
    over: str = "last",
    sign: str = "+",
    read: str = "own row",
) -> Numbers:
    """E_{y_<i ~ Pr^t} KL(Pr^t(·|y_<i)‖Pr^s(·|y_<i)) for each i: two trees -> [L] in nats.

    It adds up to the KL of the sequences, by the chain rule.
    """
    tree_t, tree_s = ([_READ[read](level) for level in tree] for tree in (tree_t, tree_s))
    if prefixes == "summed out":
        tree_t, tree_s = _marginals(tree_t), _marginals(tree_s)
        weights = [np.ones(()) for _ in tree_t]
    else:
        weights = prefix_weights(tree_t, tree_s, prefixes)
    axis = {"last": -1, "first": 0}[over]
    each = np.array(
        [
            (weight * _divergence(t, s, compare).sum(axis)).sum()
            for weight, t, s in zip(weights, tree_t, tree_s, strict=True)
        ]
    )
    if outcomes == "mean":
        each = each / tree_t[0].shape[-1]
    each = {"per token": each, "cumulative": each.cumsum(), "in all": each.sum()}[add]
    return np.asarray(_SIGNS[sign] * each)


def _divergence(log_t: Numbers, log_s: Numbers, compare: str) -> Numbers:
    """The terms of the comparison, outcome by outcome."""
    if compare == "KL(s‖t)":
        log_t, log_s = log_s, log_t
    p = np.exp(log_t)
    if compare == "cross-entropy":
        return np.asarray(-p * log_s)
    weights = {"p_t twice": p**2, "none": np.ones_like(p), "p_s": np.exp(log_s)}.get(compare, p)
    return np.asarray(weights * (log_t - log_s))


def _marginals(tree: Tree) -> Tree:
    """The logarithm of Pr(y_i) for each i, whatever came before: arrays [V]."""
    p = np.exp(sequence_log_probs(tree))
    axes = range(p.ndim)
    return [np.log(p.sum(tuple(a for a in axes if a != i))) for i in axes]
