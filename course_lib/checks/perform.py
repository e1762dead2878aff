"""Perform a probe against a notebook's namespace, in this process."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from course_lib.checks.builders import build
from course_lib.checks.probe import (
    Answer,
    Apply,
    Backward,
    Call,
    Get,
    Is,
    Make,
    Probe,
    Put,
    Read,
    Seed,
    Step,
)
from course_lib.checks.values import UnsupportedValue, Value, from_python, to_python
from course_lib.models.rest import at_rest


class _Stop(Exception):
    """A step could not be done; carries the answer's outcome and detail."""

    def __init__(self, outcome: Any, detail: str = "") -> None:
        super().__init__(outcome, detail)
        self.outcome, self.detail = outcome, detail


def perform(probe: Probe, namespace: Mapping[str, Any]) -> Answer:
    """Run the probe's steps in order. Never raises on account of the student's code."""
    return next(perform_all([probe], namespace))


def perform_all(probes: Iterable[Probe], namespace: Mapping[str, Any]) -> Iterator[Answer]:
    """Perform probes one after another.

    Each finds the notebook's random numbers where the first one found them, and leaves them there:
    a check must not change what a notebook draws.
    """
    states = random.getstate(), np.random.get_state(), torch.get_rng_state()
    for probe in probes:
        try:
            answer = _perform(probe, namespace)
        finally:
            random.setstate(states[0])
            np.random.set_state(states[1])
            torch.set_rng_state(states[2])
        yield answer


def _perform(probe: Probe, namespace: Mapping[str, Any]) -> Answer:
    scratch: dict[str, Any] = {}
    reads: dict[str, Value] = {}
    try:
        for step in probe.steps:
            _do(step, scratch, namespace, reads)
    except _Stop as stop:
        return Answer(stop.outcome, reads, stop.detail)
    return Answer("value", reads)


def _do(
    step: Step, scratch: dict[str, Any], namespace: Mapping[str, Any], reads: dict[str, Value]
) -> None:
    match step:
        case Put(name, value):
            scratch[name] = to_python(value)
        case Make(name, builder, value):
            scratch[name] = _make(builder, value, scratch)
        case Seed(seed):
            random.seed(seed)
            np.random.seed(seed)
            torch.manual_seed(seed)
        case Get(name, variable):
            scratch[name] = _defined(namespace, variable)
        case Call():
            function = _defined(namespace, step.function)
            keywords = {key: scratch[name] for key, name in step.keywords.items()}
            scratch[step.name] = _run(function, [scratch[n] for n in step.arguments], keywords)
        case Apply():
            scratch[step.name] = _apply(step, scratch)
        case Is(name, one, other):
            scratch[name] = None if scratch[one] is None else scratch[one] is scratch[other]
        case Backward(name):
            _backward(scratch[name])
        case Read(key, name, what):
            reads[key] = _read(scratch[name], what)


def _defined(namespace: Mapping[str, Any], name: str) -> Any:
    if name not in namespace:
        raise _Stop("missing", f"{name} is not defined")
    return namespace[name]


def _make(builder: str, value: Value, scratch: Mapping[str, Any]) -> Any:
    try:
        return build(builder, value, scratch)
    except Exception as error:  # a notebook may have replaced parts of torch
        raise _Stop("raised", describe(error)) from None


def _run(
    function: Callable[..., Any], arguments: Sequence[Any], keywords: Mapping[str, Any]
) -> Any:
    try:
        return function(*arguments, **keywords)
    except BaseException as error:  # SystemExit and KeyboardInterrupt are answers too
        raise _Stop("raised", describe(error)) from None


def _apply(step: Apply, scratch: Mapping[str, Any]) -> Any:
    function = scratch[step.function]
    arguments = [scratch[name] for name in step.arguments]
    with torch.no_grad(), at_rest(function) if step.at_rest else nullcontext():
        return _run(function, arguments, {})


def describe(error: BaseException) -> str:
    """`TypeError: what it says`, on one line and never longer than 300 characters."""
    try:
        text = f"{type(error).__name__}: {error}"
    except BaseException:  # __str__ is the student's too
        text = type(error).__name__
    return " ".join(text.split())[:300]


def _backward(result: Any) -> None:
    if type(result) is not torch.Tensor or not result.requires_grad:
        raise _Stop("no graph", "the result carries no gradient")
    if result.numel() != 1:
        raise _Stop("no graph", f"the result has {result.numel()} numbers, not one")
    try:
        result.backward()  # type: ignore[no-untyped-call]
    except BaseException as error:
        raise _Stop("no graph", describe(error)) from None


def _read(live: Any, what: str) -> Value:
    try:
        return from_python(_OF_LIVE[what](live))
    except UnsupportedValue as error:
        raise _Stop("unsupported type", str(error)) from None
    except BaseException as error:
        raise _Stop("raised", describe(error)) from None


def _weights(model: nn.Module) -> Tensor:
    return _in_a_row([each.detach() for each in model.parameters()])


def _gradients(model: nn.Module) -> Tensor:
    parts = [torch.zeros_like(p) if p.grad is None else p.grad for p in model.parameters()]
    return _in_a_row([each.detach() for each in parts])


def _in_a_row(parts: list[Tensor]) -> Tensor:
    """All numbers end to end; none, of a model whose parameters were taken away."""
    return torch.cat([each.flatten() for each in parts]) if parts else torch.zeros(0)


def _learns(model: nn.Module) -> list[bool]:
    return [each.requires_grad for each in model.parameters()]


def _modes(model: nn.Module) -> list[bool]:
    return [each.training for each in model.modules()]


def _state(made: Any) -> Any:
    if isinstance(made, torch.Generator):
        return made.get_state()
    if isinstance(made, nn.Module):
        return {"weights": _weights(made), "learns": _learns(made), "modes": _modes(made)}
    return None


_OF_LIVE: Mapping[str, Callable[[Any], Any]] = {
    "value": lambda live: live,
    "gradient": lambda live: live.grad,
    "state": _state,
    "weights": _weights,
    "gradients": _gradients,
    "learns": _learns,
    "modes": _modes,
}
