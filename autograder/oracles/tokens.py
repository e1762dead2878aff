"""Tokens, masks and shifts, with every way in which they are got wrong.

Plain NumPy in float64, independent of torch. Each keyword is one decision that whoever writes the
function has to take. Its default is the right one, so that a call without keywords is the truth;
each other value is a mistake that students make; two moved at once are two mistakes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from autograder.oracles import distillation, notation

Numbers: TypeAlias = np.ndarray
Shifted: TypeAlias = tuple[Numbers, Numbers, Numbers]

# -- the inputs ---------------------------------------------------------------------------------


def build_inputs(
    c: list[int],
    z: list[int],
    y: list[int],
    bos: int = 0,
    *,
    order: str = "bos c z y",
    start: str = "bos",
    marked: str = "y",
    moved: str = "not",
    cut: str = "nothing",
) -> tuple[Numbers, Numbers]:
    """[bos] + c + z + y, and where the answer is: int64 [n], bool [n], n = 1 + |c| + |z| + |y|.

    Lists of token ids, of which c may be empty. `order` names the parts that are put together.
    """
    begins = {"0": [0], "bos, unless c is empty": [bos] if c else [],
              "bos, unless it is 0": [bos] if bos else []}.get(start, [bos])  # fmt: skip
    parts = {"bos": begins, "c": c, "z": z, "y": y, "end": y[-1:]}
    tokens = [(token, part) for part in order.split() for token in parts[part]]
    ids = np.array([token for token, _ in tokens], dtype=np.int64)
    of = np.array([part for _, part in tokens])
    first = int((ids == y[0]).argmax())  # where y's first token stands for the first time
    answer = {
        "ids of y": np.isin(ids, y),
        "from y[0] on": np.arange(len(ids)) >= first,
        "from y[0] on, as many as y": (np.arange(len(ids)) - first) // len(y) == 0,
    }.get(marked, np.isin(of, marked.split()))
    if moved == "one early":
        answer = np.append(answer[1:], False)
    if cut == "last token of y":
        answer = answer & ~((of == "y") & (np.cumsum(of == "y") == len(y)))
    if cut == "place of bos":
        answer = answer[1:]
    return ids, answer


# -- shifting -----------------------------------------------------------------------------------

_FROM = {"first": slice(None, -1), "last": slice(1, None), "all": slice(None)}


def shift(
    logits: Numbers,
    tokens: Numbers,
    mask: Numbers,
    *,
    rows: str = "first",
    labels: str = "last",
    kept: str = "last",
    along: str = "positions",
    by: str = "cutting",
    unmasked: str = "their ids",
    inverted: bool = False,
    given: str = "logits",
    shape: str = "kept",
) -> Shifted:
    """Logits beside the tokens that they predict: logits[:, i] predicts tokens[:, i + 1].

    float [B, L, V], int64 [B, L], bool [B, L] -> [B, L-1, V], [B, L-1], [B, L-1]. `rows`, `labels`
    and `kept` say which positions of the logits, the tokens and the mask are taken.

    Raises ArithmeticError where the code that the switches describe would raise.
    """
    if given == "log-probabilities":
        logits = notation.log_softmax(logits)
    if unmasked != "their ids":
        tokens = np.where(mask, tokens, int(unmasked))
    if inverted:
        mask = ~mask
    if by == "rolling":
        shifted = logits, np.roll(tokens, -1, 1), np.roll(mask, -1, 1)
    elif along == "batch":
        shifted = logits[:-1], tokens[1:], mask[1:]
    elif along == "outcomes":
        shifted = logits[..., :-1], tokens[:, 1:], mask[:, 1:]
    elif by == "two":
        shifted = logits[:, :-2], tokens[:, 2:], mask[:, 2:]
    else:
        shifted = logits[:, _FROM[rows]], tokens[:, _FROM[labels]], _kept(mask, kept)
    return _SHAPED[shape](*shifted)


def _kept(mask: Numbers, kept: str) -> Numbers:
    if kept in _FROM:
        return np.asarray(mask[:, _FROM[kept]])
    here, ahead = mask[:, :-1], mask[:, 1:]
    return np.asarray(here & ahead if kept == "both" else here | ahead)


def _answers_only(logits: Numbers, labels: Numbers, mask: Numbers) -> Shifted:
    if not logits.shape[:2] == labels.shape == mask.shape:
        raise ArithmeticError(f"a mask {mask.shape} does not choose from logits {logits.shape}")
    return logits[mask], labels[mask], mask[mask]


_SHAPED: Mapping[str, Callable[[Numbers, Numbers, Numbers], Shifted]] = {
    "kept": lambda *three: three,
    "squeezed": lambda *three: (three[0].squeeze(), three[1].squeeze(), three[2].squeeze()),
    "flat": _answers_only,
}


# -- aligning -----------------------------------------------------------------------------------


def align(
    logits: Numbers,
    mask: Numbers,
    *,
    offset: int = -1,
    start: str = "own",
    valid: str = "answers",
    side: str = "left",
    after: str = "zeros",
    width: str = "longest answer",
    cut: str = "nothing",
    shape: str = "rows",
    filled: str = "all rows",
) -> tuple[Numbers, Numbers]:
    """In each row the logits that predict its answer tokens, in order, to the left; zeros after.

    float [B, L, V], bool [B, L] -> float [B, M, V], bool [B, M]; M is the longest answer. The
    answer tokens of a row stand together. `start` says where the M tokens of a row begin.
    """
    B, L, _ = logits.shape
    counts, first = mask.sum(1), mask.argmax(1)
    M = {"longest answer": counts.max(), "row": L, "row − 1": L - 1, "shortest": counts.min()}[
        width
    ]
    begin, counted = {
        "own": (first, False),
        "of row 0": (first[:1], False),
        "of row 0, own count": (first[:1], True),
        "from the end": (np.array([L - counts.max()]), False),
        "own count from the end": (L - counts, True),
    }[start]
    at = begin[:, None] + np.arange(M)  # [B or 1, M], the tokens
    rows = np.arange(B)[:, None]
    answers = mask[rows, np.clip(at, 0, L - 1)] & (at < L)  # [B, M]
    if cut == "last token":
        answers = answers & (np.cumsum(answers, 1) < answers.sum(1, keepdims=True))
    if counted:
        answers = np.arange(M) < counts[:, None]
    if filled == "first row":
        answers = answers & (rows == 0)
    taken = logits[rows, np.clip(at + offset, 0, L - 1)]  # [B, M, V]
    length = answers.sum(1, keepdims=True)
    if cut == "logits of last token":
        taken = np.where((np.arange(M) < length - 1)[..., None], taken, 0)
    if after == "zeros":
        taken = np.where(answers[..., None], taken, 0)
    if side == "right":
        spare = M - answers.sum(1)
        taken = np.stack([np.roll(row, by, 0) for row, by in zip(taken, spare, strict=True)])
        answers = np.stack([np.roll(row, by) for row, by in zip(answers, spare, strict=True)])
    if shape == "flat":
        return taken[answers], answers[answers]
    return taken, {
        "all": np.ones_like(answers),
        "first of mask": mask[:, :M],
        "one less": np.arange(M) < length - 1,
        "one more": np.arange(M) < length + 1,
    }.get(valid, answers)


# -- the masked loss ----------------------------------------------------------------------------


def masked_kl(
    logits_t: Numbers,
    logits_s: Numbers,
    mask: Numbers,
    T: float = 1.0,
    *,
    counted: str = "masked",
    over: str = "masked",
    empty: str = "0",
    rows: str = "all",
    outcomes: str = "sum",
    hidden: str = "by choice",
    **kd: str,
) -> Numbers:
    """T²·ΣKL(p_t^T‖p_s^T)/Σmask over the positions where the mask is true; 0 if it never is.

    float [B, M, V] twice, bool [B, M] -> a scalar []. `counted` says which positions are added up,
    `over` what the sum is divided by. `kd` are switches of the distillation loss.
    """
    each = distillation.kd_loss(logits_t, logits_s, T, over="not reduced", **kd)  # [B, M]
    if outcomes == "mean":
        each = each / logits_t.shape[-1]
    if rows == "first":
        each, mask = each[:1], mask[:1]
    added, divided = {
        "masked": (mask, mask),
        "all": (np.ones_like(mask), np.ones_like(mask)),
        "all, ÷ Σ mask": (np.ones_like(mask), mask),
        "not masked": (~mask, ~mask),
        "shifted again": (_one_early(mask), _one_early(mask)),
        "first columns": (_to_the_left(mask), mask),
    }[counted]
    # a product with the mask lets NaN through, a choice does not
    sums = (each * added if hidden == "by product" else np.where(added, each, 0)).sum(1)  # [B]
    counts = divided.sum(1)
    if over == "row, then batch":
        return np.asarray(_quotient(sums, counts, empty).mean())
    B, M = mask.shape
    by = {"masked": counts.sum(), "B·M": B * M, "B": B, "1": 1, "masked + 1": counts.sum() + 1}
    return _quotient(sums.sum(), by[over], empty)


def _one_early(mask: Numbers) -> Numbers:
    """The mask of the positions before: [B, M] -> [B, M]."""
    return np.append(mask[:, 1:], np.zeros_like(mask[:, :1]), 1)


def _to_the_left(mask: Numbers) -> Numbers:
    """As many true values in each row, in its first columns: [B, M] -> [B, M]."""
    return np.asarray(np.arange(mask.shape[1]) < mask.sum(1)[:, None])


def _quotient(total: Numbers, by: Numbers, empty: str) -> Numbers:
    """The quotient; where nothing was counted it is 0, or 0/0."""
    return np.asarray(total / (np.maximum(by, 1) if empty == "0" else np.asarray(by, float)))


def masked_kl_gradients(
    logits_t: Numbers, logits_s: Numbers, mask: Numbers, T: float = 1.0
) -> dict[str, Numbers]:
    """By input name, T·(p_s^T − p_t^T)·mask/Σmask [B, M, V]; the teacher's logits are to get none.

    It is exactly 0 where the mask is false, whatever the logits are there.
    """
    kept = mask[..., None]
    each = distillation.kd_grad(logits_t, logits_s, T, over="nothing")
    return {"logits_s": np.where(kept, each, 0) / max(mask.sum(), 1)}


# -- perplexity ---------------------------------------------------------------------------------

_LAST_STEP: Mapping[str, Callable[[Numbers], Numbers]] = {
    "exp": np.exp,
    "none": lambda x: x,
    "exp of −": lambda x: np.exp(-x),
    "2 to the": np.exp2,
}


def perplexity(
    logits: Numbers,
    labels: Numbers,
    mask: Numbers,
    *,
    counted: str = "masked",
    over: str = "masked",
    averaged: str = "nll",
    surprise: str = "at the label",
    last: str = "exp",
    shifted: str = "no",
    axis: str = "outcomes",
) -> Numbers:
    """exp(Σ mask·NLL / Σ mask), with logits aligned to the labels that they predict.

    float [B, L, V], int64 [B, L], bool [B, L] -> a scalar []. `averaged` says what the mean is
    taken of, `surprise` what stands for the negative log-likelihood of a token.
    """
    if shifted == "again":
        logits, labels, mask = logits[:, :-1], labels[:, 1:], mask[:, 1:]
    V = logits.shape[-1]
    log_p = _log_softmax_over(logits, {"outcomes": -1, "positions": 1}[axis])
    nll = {
        "at the label": -(distillation.one_hot(labels, V) * log_p).sum(-1),
        "expected": -(np.exp(log_p) * log_p).sum(-1),
        "at the likeliest": -log_p.max(-1),
        "−logit at the label": -(distillation.one_hot(labels, V) * logits).sum(-1),
    }[surprise]  # [B, L]
    mask = {
        "masked": mask,
        "all": np.ones_like(mask),
        "not masked": ~mask,
        "one more": mask | _one_early(mask),
        "masked, and not label 0": mask & (labels != 0),
    }[counted]
    step = _LAST_STEP[last]
    if averaged == "p, by their product":
        return np.asarray(np.prod(np.exp(-nll), where=mask) ** (-1 / mask.sum()))
    if averaged == "perplexities of rows":
        return np.asarray(step(_average(nll, mask, "row")).mean())
    if averaged == "1/p":
        return np.asarray(_average(np.exp(nll), mask, over).mean())
    if averaged == "p":
        return np.asarray(1 / _average(np.exp(-nll), mask, over).mean())
    return np.asarray(step(_average(nll, mask, over).mean()))


def _log_softmax_over(logits: Numbers, axis: int) -> Numbers:
    return np.moveaxis(notation.log_softmax(np.moveaxis(logits, axis, -1)), -1, axis)


def _average(x: Numbers, mask: Numbers, over: str) -> Numbers:
    """Σ mask·x divided by what `over` says: in all, or row by row."""
    sums, counts = np.where(mask, x, 0).sum(1), mask.sum(1)
    if over == "row":
        return np.asarray(sums / counts)
    return np.asarray(sums.sum() / {"masked": counts.sum(), "B·L": mask.size, "1": 1}[over])
