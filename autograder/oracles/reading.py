"""The model `course_lib.checks.reader.Reader` and the optimizers of torch, in plain NumPy.

What a training step does to such a model can be said exactly: the logits are linear in its weights.
Weights are a dict in the order of the model's parameters; gradients have the same names.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

Numbers: TypeAlias = np.ndarray
Weights: TypeAlias = dict[str, Numbers]
Model: TypeAlias = Mapping[str, Any]
"""The value that the builder "reader" takes: `weights`, and perhaps `dropped`, `training`, …"""

PARAMETERS = ("prior", "token.weight", "context.weight", "context.bias")


def weights_of(model: Model) -> Weights:
    """A model's weights in the order of its parameters."""
    return {name: np.array(model["weights"][name], dtype=np.float64) for name in PARAMETERS}


def in_a_row(weights: Weights) -> Numbers:
    """All numbers end to end, as a probe reads them."""
    return np.concatenate([weights[name].ravel() for name in PARAMETERS])


def kept_by(model: Model, training: bool) -> Numbers:
    """By what dropout multiplies each outcome [V]: 1 while it is off."""
    dropped = model.get("dropped")
    if dropped is None or not training:
        return np.ones(len(model["weights"]["prior"]))
    return np.asarray(~dropped / (1 - dropped.mean()))


def logits(weights: Weights, tokens: Numbers, kept: Numbers) -> Numbers:
    """Logits [B, L, V] of tokens [B, L]."""
    context = seen(tokens, len(kept)) @ weights["context.weight"].T + weights["context.bias"]
    return np.asarray(weights["prior"] + weights["token.weight"][tokens] + kept * context)


def gradient(tokens: Numbers, to_logits: Numbers, kept: Numbers) -> Weights:
    """The gradient that reaches the weights if `to_logits` [B, L, V] reaches the logits."""
    V = len(kept)
    to_logits = to_logits.reshape(-1, V)  # (B·L, V)
    to_context = kept * to_logits
    return {
        "prior": to_logits.sum(0),
        "token.weight": np.eye(V)[tokens.ravel()].T @ to_logits,
        "context.weight": to_context.T @ seen(tokens, V).reshape(-1, V),
        "context.bias": to_context.sum(0),
    }


def seen(tokens: Numbers, V: int) -> Numbers:
    """The share of each token among those so far: int64 [B, L] -> [B, L, V]."""
    return _seen(tokens.tobytes(), tokens.shape, V)


@lru_cache(maxsize=256)  # a table asks for the same few batches thousands of times
def _seen(tokens: bytes, shape: tuple[int, int], V: int) -> Numbers:
    each = np.eye(V)[np.frombuffer(tokens, np.int64).reshape(shape)]
    return np.asarray(each.cumsum(1) / np.arange(1, shape[1] + 1)[:, None])


def zeros(weights: Weights) -> Weights:
    return {name: np.zeros_like(each) for name, each in weights.items()}


def added(one: Weights, other: Weights) -> Weights:
    return {name: one[name] + other[name] for name in one}


class Optimizer:
    """SGD or Adam as torch has them, on a dict of weights.

    `settings` are those of the builder "optimizer": `kind`, `lr`, and perhaps `momentum`, `betas`,
    `eps`, `weight_decay`.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._steps = 0
        self._first: Weights = {}
        self._second: Weights = {}

    def moved(self, weights: Weights, gradients: Weights) -> Weights:
        """The weights after one step; what it remembers of the gradients goes on with it."""
        self._steps += 1
        move = {"SGD": self._sgd, "Adam": self._adam}[self._settings["kind"]]
        decay = self._settings.get("weight_decay", 0.0)
        return {
            name: each - self._settings["lr"] * move(name, gradients[name] + decay * each)
            for name, each in weights.items()
        }

    def _sgd(self, name: str, g: Numbers) -> Numbers:
        momentum = self._settings.get("momentum", 0.0)
        self._first[name] = momentum * self._first[name] + g if name in self._first else g
        return self._first[name]

    def _adam(self, name: str, g: Numbers) -> Numbers:
        b1, b2 = self._settings.get("betas", (0.9, 0.999))
        self._first[name] = b1 * self._first.get(name, 0.0) + (1 - b1) * g
        self._second[name] = b2 * self._second.get(name, 0.0) + (1 - b2) * g**2
        mean = self._first[name] / (1 - b1**self._steps)
        square = self._second[name] / (1 - b2**self._steps)
        return np.asarray(mean / (np.sqrt(square) + self._settings.get("eps", 1e-8)))
