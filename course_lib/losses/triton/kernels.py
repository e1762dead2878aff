r"""A row of logits to its loss and gradient: the formulas of `divergences`, in float32.

One program a row. A first pass over its logits finds the two normalisers; a second the loss, by
terms of which none is negative, and the gradient. JSD, skew KL and total variation, whose gradient
needs a sum over the row, take a third. Everything small is computed from $x = \log q - \log p$ by
series, so that a student close to its teacher keeps its digits, and equality gives exactly 0.
"""

from __future__ import annotations

import triton
import triton.language as tl

_LEAST: tl.constexpr = tl.constexpr(-3.4e38)  # finite, so that -inf - least is no NaN
_NEAR: tl.constexpr = tl.constexpr(0.5)
_INFINITY: tl.constexpr = tl.constexpr(float("inf"))


@triton.jit
def differentiate_rows(
    student, teacher, gradient, labels, weights, losses,
    student_stride, teacher_stride, gradient_stride, V,
    inverse_T, share, factor, slope, hard,
    DIVERGENCE: tl.constexpr, LABELLED: tl.constexpr, GRADIENT: tl.constexpr, BLOCK: tl.constexpr,
):  # fmt: skip
    """Write factor·D + hard·(−log q(label)), and its gradient times the row's weight.

    `slope` is factor/T. DIVERGENCE is a name, or "none". `gradient` may be `student`.
    """
    row = tl.program_id(0).to(tl.int64)  # N·V may exceed 32 bits
    student += row * student_stride
    teacher += row * teacher_stride
    gradient += row * gradient_stride
    weight = tl.load(weights + row)

    label = tl.zeros([], tl.int64)
    normaliser = tl.zeros([], tl.float32)
    loss = tl.zeros([], tl.float32)
    if LABELLED:
        label = tl.load(labels + row).to(tl.int64)
        normaliser = _log_sum(student, V, BLOCK)
        loss = hard * (normaliser - tl.load(student + label).to(tl.float32))

    log_s, log_t, mean = (
        tl.zeros([], tl.float32),
        tl.zeros([], tl.float32),
        tl.zeros([], tl.float32),
    )
    if DIVERGENCE != "none":
        log_s, log_t, mean = _log_sums(student, teacher, V, inverse_T, DIVERGENCE, BLOCK)

    terms = tl.zeros([BLOCK], tl.float32)
    slopes = tl.zeros([BLOCK], tl.float32)
    needs_sum: tl.constexpr = (
        DIVERGENCE == "jsd" or DIVERGENCE == "skew_kl" or DIVERGENCE == "total_variation"
    )
    if needs_sum:
        for start in range(0, V, BLOCK):
            s, t = _load(student, teacher, start, V, BLOCK)
            _, term, pull = _outcomes(s, t, inverse_T, log_s, log_t, share, DIVERGENCE)
            terms += term
            slopes += pull
        mean = tl.sum(slopes, 0)

    if GRADIENT or not needs_sum:
        for start in range(0, V, BLOCK):
            s, t = _load(student, teacher, start, V, BLOCK)
            columns = start + tl.arange(0, BLOCK)
            change = tl.zeros([BLOCK], tl.float32)
            if DIVERGENCE != "none":
                q, term, pull = _outcomes(s, t, inverse_T, log_s, log_t, share, DIVERGENCE)
                if not needs_sum:
                    terms += term
                if DIVERGENCE != "forward_kl":  # whose slopes sum to nothing
                    pull = tl.where(pull == _INFINITY, _INFINITY, pull - q * mean)
                    pull = tl.where(q > 0, pull, 0.0)
                change = slope * pull
            if LABELLED:
                change += hard * (tl.exp(s - normaliser) - tl.where(columns == label, 1.0, 0.0))
            if GRADIENT:
                change = tl.where(weight == 0, 0.0, weight * change)
                tl.store(gradient + columns, change, mask=columns < V)
    if DIVERGENCE != "none":
        loss += factor * tl.sum(terms, 0)
    tl.store(losses + row, loss)


@triton.jit
def _load(student, teacher, start, V, BLOCK: tl.constexpr):
    """A block of both rows; outcomes past the end are ruled out by both."""
    columns = start + tl.arange(0, BLOCK)
    inside = columns < V
    s = tl.load(student + columns, mask=inside, other=-float("inf")).to(tl.float32)
    t = tl.load(teacher + columns, mask=inside, other=-float("inf")).to(tl.float32)
    return s, t


@triton.jit
def _log_sum(row, V, BLOCK: tl.constexpr):
    """Log Σ eˣ."""
    top = tl.full([BLOCK], _LEAST, tl.float32)
    total = tl.zeros([BLOCK], tl.float32)
    for start in range(0, V, BLOCK):
        columns = start + tl.arange(0, BLOCK)
        x = tl.load(row + columns, mask=columns < V, other=-float("inf")).to(tl.float32)
        above = tl.maximum(top, x)
        total = total * tl.exp(top - above) + tl.exp(x - above)
        top = above
    most = tl.max(top, 0)
    return most + tl.log(tl.sum(total * tl.exp(top - most), 0))


@triton.jit
def _log_sums(student, teacher, V, inverse_T, DIVERGENCE: tl.constexpr, BLOCK: tl.constexpr):
    """Log Σ eˣ of both rows over T; and of the reverse KL, E_q[log q − log p], its value.

    Each lane has its own maximum, so that lanes meet once.
    """
    top_s = tl.full([BLOCK], _LEAST, tl.float32)
    top_t = tl.full([BLOCK], _LEAST, tl.float32)
    total_s = tl.zeros([BLOCK], tl.float32)
    total_t = tl.zeros([BLOCK], tl.float32)
    ahead = tl.zeros([BLOCK], tl.float32)
    for start in range(0, V, BLOCK):
        s, t = _load(student, teacher, start, V, BLOCK)
        above_s, above_t = tl.maximum(top_s, s * inverse_T), tl.maximum(top_t, t * inverse_T)
        shrunk, e_s = tl.exp(top_s - above_s), tl.exp(s * inverse_T - above_s)
        total_s = total_s * shrunk + e_s
        total_t = total_t * tl.exp(top_t - above_t) + tl.exp(t * inverse_T - above_t)
        if DIVERGENCE == "reverse_kl":
            ahead = tl.where(shrunk > 0, ahead * shrunk, 0.0)
            ahead += tl.where(e_s > 0, e_s * ((s - t) * inverse_T), 0.0)
        top_s, top_t = above_s, above_t
    most_s, most_t = tl.max(top_s, 0), tl.max(top_t, 0)
    shrunk = tl.exp(top_s - most_s)
    z = tl.sum(total_s * shrunk, 0)
    log_s = most_s + tl.log(z)
    log_t = most_t + tl.log(tl.sum(total_t * tl.exp(top_t - most_t), 0))
    ahead = tl.where(shrunk > 0, ahead * shrunk, 0.0)
    return log_s, log_t, tl.sum(ahead, 0) / z - (log_s - log_t)


@triton.jit
def _outcomes(s, t, inverse_T, log_s, log_t, share, DIVERGENCE: tl.constexpr):
    """Of each outcome q, its term of the loss, and its slope q·∂L/∂q; as `divergences` has them."""
    p, q = tl.exp(t * inverse_T - log_t), tl.exp(s * inverse_T - log_s)
    neither = (s == -_INFINITY) & (t == -_INFINITY)
    x = tl.where(neither, 0.0, (s - t) * inverse_T - (log_s - log_t))
    near = tl.abs(x) < _NEAR
    small = tl.where(near, x, 0.0)
    rest = small * small * _exponential_rest(small)  # e^x − 1 − x
    grown = small + rest  # e^x − 1
    apart = tl.where(near, p * grown, q - p)  # q − p
    if DIVERGENCE == "forward_kl":
        far = tl.where(p > 0, q - p - p * x, q)
        return q, tl.where(near, p * rest, far), apart
    if DIVERGENCE == "reverse_kl":
        far = tl.where(q > 0, p - q + q * x, p)
        back = small * small * _exponential_rest(-small)
        return q, tl.where(near, q * back, far), tl.where(q > 0, q * x, 0.0)
    if DIVERGENCE == "total_variation":
        sign = tl.where(apart > 0, 1.0, tl.where(apart < 0, -1.0, 0.0))
        return q, tl.abs(apart) / 2, q * sign / 2
    # The mixture m; the logarithms of m/p and m/q, from the side on which e^x cannot overflow.
    m = share * p + (1 - share) * q
    to_p, off_p = _log1p((1 - share) * grown)
    to_q, off_q = _log1p(-share * grown / (1 + grown))
    lower = tl.log(share + (1 - share) * tl.exp(tl.minimum(x, 0.0)))
    upper = tl.log(share * tl.exp(-tl.maximum(x, 0.0)) + (1 - share))
    to_p = tl.where(near, to_p, tl.where(x > 0, upper + x, lower))
    to_q = tl.where(near, to_q, tl.where(x < 0, lower - x, upper))
    if DIVERGENCE == "skew_kl":
        far = tl.where(p > 0, m - p - p * to_p, m)
        pull = (1 - share) * (1 - share) * apart * tl.exp(-to_q)
        return q, tl.where(near, p * off_p, far), tl.where(q > 0, pull, 0.0)
    of_p = tl.where(p > 0, p * to_p, 0.0)
    of_q = tl.where(q > 0, q * to_q, 0.0)
    far = -share * of_p - (1 - share) * of_q
    return q, tl.where(near, share * p * off_p + (1 - share) * q * off_q, far), (share - 1) * of_q


@triton.jit
def _exponential_rest(x):
    """(e^x − 1 − x) / x² where |x| < 1/2, to a float32's last digit."""
    result = x * (1 / 362880) + 1 / 40320
    result = result * x + 1 / 5040
    result = result * x + 1 / 720
    result = result * x + 1 / 120
    result = result * x + 1 / 24
    result = result * x + 1 / 6
    return result * x + 1 / 2


@triton.jit
def _log1p(y):
    """Log(1 + y) and y − log(1 + y), both to their last digits, where −0.4 < y < 0.65.

    2 artanh z of z = y/(2 + y), |z| < 1/4: a series in z² of which seven terms are enough.
    """
    z = y / (2 + y)
    z2 = z * z
    tail = z2 * (1 / 15) + 1 / 13
    tail = tail * z2 + 1 / 11
    tail = tail * z2 + 1 / 9
    tail = tail * z2 + 1 / 7
    tail = tail * z2 + 1 / 5
    tail = tail * z2 + 1 / 3
    tail = tail * 2 * z * z2
    return 2 * z + tail, y * z - tail
