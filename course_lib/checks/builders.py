"""Build what is no plain value: generators, models, optimizers.

A builder takes a plain value and gives a live object of a kind that is listed here. It calls
nothing by a name that the value chooses, and it reads no file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import torch
from torch import nn

from course_lib.checks.reader import Reader
from course_lib.checks.values import Value, to_python
from course_lib.models import Bigram, Transformer

MOST_WEIGHTS = 2_000_000
"""So many numbers a model may have: a probe is to take milliseconds, or a second at the most."""

Made: TypeAlias = Mapping[str, Any]
"""What was made before, by name."""


def build(builder: str, value: Value, made: Made) -> Any:
    """The object that `builder` makes from `value`. `made` holds what an optimizer may be given.

    "generator": a torch.Generator, from its seed.
    "bigram", "reader", "transformer": a model, from a dict. `weights` maps names of parameters to
    arrays (a Transformer may have `settings` instead, its keyword arguments). May be there too:
    `training` (its mode; True), `learns` (requires_grad of all parameters, or a list of one for
    each; True), `gradients` (what is left over in `.grad`, by name), `dropped` (of a Reader).
    "optimizer": from a dict of `of`, the name of a model made before, `kind`, and settings.

    Raises ValueError for what cannot be made.
    """
    if builder not in _BUILDERS:
        raise ValueError(f"there is no builder {builder!r}; there are {', '.join(_BUILDERS)}")
    return _BUILDERS[builder](value, made)


def _generator(seed: int, made: Made) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def _model(blank: Callable[[Any], nn.Module]) -> Callable[[Any, Made], nn.Module]:
    def make(value: Any, made: Made) -> nn.Module:
        value = to_python(value)
        model = blank(value)
        weights = sum(each.numel() for each in model.parameters())
        if weights > MOST_WEIGHTS:
            raise ValueError(f"a model of {weights} weights; at most {MOST_WEIGHTS} are built")
        return _in_state(model, value)

    return make


def _in_state(model: nn.Module, value: Mapping[str, Any]) -> nn.Module:
    """The model with the weights, flags, left-over gradients and mode that `value` gives it."""
    if value.get("weights"):
        model.load_state_dict(value["weights"])
    parameters = dict(model.named_parameters())
    learns = value.get("learns", True)
    flags = [learns] * len(parameters) if isinstance(learns, bool) else learns
    for parameter, flag in zip(parameters.values(), flags, strict=True):
        parameter.requires_grad_(flag)
    for name, gradient in value.get("gradients", {}).items():
        parameters[name].grad = gradient
    return model.train(value.get("training", True))


def _blank_bigram(value: Any) -> nn.Module:
    return Bigram(value["weights"]["logits"])


def _blank_reader(value: Any) -> nn.Module:
    prior = value["weights"]["prior"]
    return Reader(len(prior), value.get("dropped"), prior.dtype)


def _blank_transformer(value: Any) -> nn.Module:
    return Transformer(**value["settings"])


_OPTIMIZERS: Mapping[str, type[torch.optim.Optimizer]] = {
    "SGD": torch.optim.SGD,
    "Adam": torch.optim.Adam,
    "AdamW": torch.optim.AdamW,
}


def _optimizer(value: Any, made: Made) -> torch.optim.Optimizer:
    settings = {key: each for key, each in value.items() if key not in ("of", "kind")}
    if value["kind"] not in _OPTIMIZERS:
        raise ValueError(f"no optimizer {value['kind']!r}; there are {', '.join(_OPTIMIZERS)}")
    return _OPTIMIZERS[value["kind"]](made[value["of"]].parameters(), **settings)


_BUILDERS: Mapping[str, Callable[[Any, Made], Any]] = {
    "generator": _generator,
    "bigram": _model(_blank_bigram),
    "reader": _model(_blank_reader),
    "transformer": _model(_blank_transformer),
    "optimizer": _optimizer,
}
