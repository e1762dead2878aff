"""A small world in which a student can learn all that its teacher knows, or visibly fail to.

There are three personas. The teacher reads a persona's context c, the student only its tag c′, and
both read the same input z. Each batch is about one persona, and every third batch about the same
one: who learns from one batch of each group only, or from the first batch of all, meets one persona
and not the others. The context weighs much in the teacher's answers, so that who learns the wrong
thing from it stays far away.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np

from autograder.oracles import reading
from course_lib.checks.compare import mean_kl
from course_lib.checks.values import Value, tensor

PERSONAS = 3
V = 9
"""A tag for each persona, two tokens of its context for each, and these serve for z and y too."""

PASSES = 16
BATCHES = 18
"""Whole groups of three, so that no pass begins in the middle of one."""

ROWS = 8
EXAM_ROWS = 40

NEAR = 0.06
"""How near to the teacher a trained student has to come: a KL in nats per answer token.

Measured over 20 seeds by `python benchmarks/trained_work.py`; the figures stand in
docs/trained_work.md.
"""

APART = 0.2
"""So far apart are the teacher's answers for any two personas: a KL in nats per token, at least."""


def teacher(rng: np.random.Generator) -> dict[str, Value]:
    """A frozen teacher who says something else for each persona."""
    while True:
        drawn = _reader(rng, 0.5, training=False, learns=False)
        if _apart(rng, drawn) > APART:
            return drawn


def _apart(rng: np.random.Generator, drawn: dict[str, Value]) -> float:
    """The least KL between what the model says of the same z and y for two personas."""
    weights = {name: each.data for name, each in drawn["weights"].items()}
    example = batch(rng, np.zeros(EXAM_ROWS, dtype=int))
    of_answers = np.roll(example["mt"].data, -1, axis=1)  # what predicts stands before
    said = []
    for persona in range(PERSONAS):
        tokens = example["xt"].data.copy()
        tokens[:, :4] += 2 * persona
        said.append(reading.logits(weights, tokens, np.ones(V))[of_answers])
    return min(mean_kl(p, q) for p, q in permutations(said, 2))


def student(rng: np.random.Generator) -> dict[str, Value]:
    """A student with small random weights."""
    return _reader(rng, 0.3)


def _reader(rng: np.random.Generator, sd: float, **state: bool) -> dict[str, Value]:
    # a context's share is spread over many tokens: larger weights make up for it
    weights = {
        "prior": rng.normal(0, sd, V),
        "token.weight": rng.normal(0, sd, (V, V)),
        "context.weight": rng.normal(0, 4.5 * sd, (V, V)),
        "context.bias": rng.normal(0, sd, V),
    }
    return {"weights": {name: tensor(each) for name, each in weights.items()}, **state}


def batches(rng: np.random.Generator) -> list[dict[str, Value]]:
    """Batches for one pass, each about one persona."""
    return [batch(rng, np.full(ROWS, i % PERSONAS)) for i in range(BATCHES)]


def exam(rng: np.random.Generator) -> dict[str, Value]:
    """A batch about all personas that nobody has trained on."""
    return batch(rng, rng.integers(0, PERSONAS, EXAM_ROWS))


def batch(rng: np.random.Generator, personas: np.ndarray) -> dict[str, Value]:
    """One example for each of `personas` [B]: c has four tokens, c′ one, z two, y one to three."""
    B = len(personas)
    z_y = rng.integers(PERSONAS, V, (B, 5))
    answered = np.arange(3) < rng.integers(1, 4, (B, 1))
    first = PERSONAS + 2 * personas[:, None]
    contexts = {"t": first + np.array([0, 1, 0, 1]), "s": personas[:, None]}
    made: dict[str, Value] = {}
    for name, context in contexts.items():
        before = np.zeros((B, context.shape[1] + 2), dtype=bool)
        made[f"x{name}"] = tensor(np.concatenate([context, z_y], axis=1), "int64")
        made[f"m{name}"] = tensor(np.concatenate([before, answered], axis=1), "bool")
    return made
