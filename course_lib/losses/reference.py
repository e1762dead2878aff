"""Distributions and distances in plain torch: the tools that earlier notebooks built.

Everything works on the last dimension, in natural logarithms, for any leading dimensions. Written
to be read; the definitions are those of Cover and Thomas, *Elements of Information Theory*, ch. 2.
"""

from __future__ import annotations

import torch
from torch import Tensor


def log_softmax(x: Tensor) -> Tensor:
    r"""$x_i - \log\sum_j e^{x_j}$. Logits [..., V] to log-probabilities [..., V]; -inf stays -inf.

    >>> log_softmax(torch.tensor([0.0, -2000.0]))
    tensor([    0., -2000.])
    """
    return x - x.logsumexp(-1, keepdim=True)


def softmax(x: Tensor, T: float = 1.0) -> Tensor:
    r"""$e^{x_i/T} / \sum_j e^{x_j/T}$. Logits [..., V] to probabilities [..., V] at temperature T.

    >>> softmax(torch.tensor([2.0, 0.0]), T=1e6)
    tensor([0.5000, 0.5000])
    """
    return log_softmax(x / T).exp()


def cross_entropy(p: Tensor, q: Tensor) -> Tensor:
    r"""$-\sum_i p_i \log q_i$. Probabilities [..., V] twice to [...]; 0 log 0 counts as 0.

    An outcome with p > 0 and q = 0 makes it +inf.

    >>> cross_entropy(torch.tensor([0.5, 0.5, 0.0]), torch.tensor([0.5, 0.5, 0.0]))
    tensor(0.6931)
    """
    return -torch.xlogy(p, q).sum(-1)


def kl(p: Tensor, q: Tensor) -> Tensor:
    r"""$\sum_i p_i \log (p_i / q_i)$. Probabilities [..., V] twice to [...]; 0 only if p = q.

    >>> kl(torch.tensor([1.0, 0.0]), torch.tensor([0.5, 0.5]))
    tensor(0.6931)
    """
    return cross_entropy(p, q) - cross_entropy(p, p)
