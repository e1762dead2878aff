"""The model in NumPy against the model in torch, its gradient, and its optimizers."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from autograder.oracles import reading
from course_lib.checks.reader import Reader

V, B, L = 4, 3, 6


def model_of(rng, dropped=None):
    shapes = {"prior": (V,), "token.weight": (V, V), "context.weight": (V, V), "context.bias": (V,)}
    weights = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    return {"weights": weights} if dropped is None else {"weights": weights, "dropped": dropped}


def live(model):
    dropped = model.get("dropped")
    made = Reader(V, None if dropped is None else torch.tensor(dropped), torch.float64)
    made.load_state_dict({name: torch.tensor(each) for name, each in model["weights"].items()})
    return made


def row(tensors):
    return torch.cat([each.detach().flatten() for each in tensors]).numpy()


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("dropped", [None, np.array([False, True, False, True])])
def test_logits_and_gradients_equal_those_of_torch(training, dropped):
    rng = np.random.default_rng(0)
    model = model_of(rng, dropped)
    x, upstream = rng.integers(0, V, (B, L)), rng.normal(size=(B, L, V))
    made = live(model).train(training)
    logits = made(torch.tensor(x))
    logits.backward(torch.tensor(upstream))
    weights, kept = reading.weights_of(model), reading.kept_by(model, training)
    np.testing.assert_allclose(reading.logits(weights, x, kept), logits.detach(), atol=1e-13)
    gradient = reading.in_a_row(reading.gradient(x, upstream, kept))
    np.testing.assert_allclose(gradient, row(p.grad for p in made.parameters()), atol=1e-13)


def test_parameters_stand_in_the_order_of_the_model():
    assert tuple(name for name, _ in Reader(V).named_parameters()) == reading.PARAMETERS


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("SGD", {}),
        ("SGD", {"momentum": 0.9}),
        ("SGD", {"momentum": 0.8, "weight_decay": 0.2}),
        ("Adam", {}),
        ("Adam", {"betas": (0.5, 0.7), "weight_decay": 0.1, "eps": 1e-3}),
    ],
)
def test_steps_equal_those_of_torch(kind, settings):
    rng = np.random.default_rng(1)
    model = model_of(rng)
    made = live(model)
    optimizer = getattr(torch.optim, kind)(made.parameters(), lr=0.3, **settings)
    weights, oracle = (
        reading.weights_of(model),
        reading.Optimizer({"kind": kind, "lr": 0.3, **settings}),
    )
    for _ in range(4):
        gradients = {name: rng.normal(size=each.shape) for name, each in weights.items()}
        for name, parameter in made.named_parameters():
            parameter.grad = torch.tensor(gradients[name])
        optimizer.step()
        weights = oracle.moved(weights, gradients)
    np.testing.assert_allclose(reading.in_a_row(weights), row(made.parameters()), atol=1e-12)
