"""A small world: five outcomes, ragged answers, a teacher and a student that are tables or nets."""

from __future__ import annotations

import pytest
import torch

from course_lib.models import Bigram, Transformer
from course_lib.training import Batch

V = 5


def ragged(seed: int, rows: int = 3) -> Batch:
    """Answers of 1 to `rows` tokens after contexts of different lengths, padded at the right."""
    chance = torch.Generator().manual_seed(seed)
    L_t, L_s = rows + 5, rows + 4
    xt, xs = torch.zeros(rows, L_t, dtype=torch.int64), torch.zeros(rows, L_s, dtype=torch.int64)
    mt, ms = torch.zeros(rows, L_t, dtype=torch.bool), torch.zeros(rows, L_s, dtype=torch.bool)
    for b in range(rows):
        c, c_prime, z, y = (
            torch.randint(V, (n,), generator=chance) for n in (2 + b % 3, 1 + b % 2, 1, 1 + b)
        )
        for x, m, context in ((xt, mt, c), (xs, ms, c_prime)):
            tokens = torch.cat([context, z, y])
            x[b, : len(tokens)] = tokens
            m[b, len(context) + 1 : len(tokens)] = True
    return {"xt": xt, "mt": mt, "xs": xs, "ms": ms}


def table(seed: int, dtype: torch.dtype = torch.float64) -> Bigram:
    chance = torch.Generator().manual_seed(seed)
    return Bigram(1.5 * torch.randn(V, V, generator=chance, dtype=dtype))


def net(seed: int, dropout: float = 0.0) -> Transformer:
    return Transformer(V, width=16, layers=1, heads=2, longest=10, dropout=dropout, seed=seed)


@pytest.fixture
def batch() -> Batch:
    return ragged(0)


@pytest.fixture
def batches() -> list[Batch]:
    return [ragged(seed, rows) for seed, rows in ((1, 1), (2, 3), (3, 2), (4, 3), (5, 1))]


@pytest.fixture
def make_table():
    return table


@pytest.fixture
def make_net():
    return net


@pytest.fixture
def make_batch():
    return ragged
