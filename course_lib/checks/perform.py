"""Perform a probe against a notebook's namespace, in this process."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

from course_lib.checks.probe import (
    Answer,
    Backward,
    Call,
    Get,
    Make,
    Probe,
    Put,
    Read,
    Seed,
    Step,
)
from course_lib.checks.values import UnsupportedValue, Value, from_python, to_python

_BUILDERS: Mapping[str, Callable[[Any], Any]] = {
    "generator": lambda seed: torch.Generator().manual_seed(seed),
}


class _Stop(Exception):
    """A step could not be done; carries the answer's outcome and detail."""

    def __init__(self, outcome: Any, detail: str = "") -> None:
        super().__init__(outcome, detail)
        self.outcome, self.detail = outcome, detail


def perform(probe: Probe, namespace: Mapping[str, Any]) -> Answer:
    """Run the probe's steps in order. Never raises on account of the student's code.

    Each probe finds the notebook's random numbers where the one before found them.
    """
    scratch: dict[str, Any] = {}
    reads: dict[str, Value] = {}
    try:
        with _randomness_put_back():
            for step in probe.steps:
                _do(step, scratch, namespace, reads)
    except _Stop as stop:
        return Answer(stop.outcome, reads, stop.detail)
    return Answer("value", reads)


@contextmanager
def _randomness_put_back() -> Iterator[None]:
    """Leave the global generators as they were: a check must not change what a notebook draws."""
    states = random.getstate(), np.random.get_state(), torch.get_rng_state()
    try:
        yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])
        torch.set_rng_state(states[2])


def _do(
    step: Step, scratch: dict[str, Any], namespace: Mapping[str, Any], reads: dict[str, Value]
) -> None:
    match step:
        case Put(name, value):
            scratch[name] = to_python(value)
        case Make(name, builder, value):
            scratch[name] = _BUILDERS[builder](value)
        case Seed(seed):
            random.seed(seed)
            np.random.seed(seed)
            torch.manual_seed(seed)
        case Get(name, variable):
            scratch[name] = _defined(namespace, variable)
        case Call():
            scratch[step.name] = _call(step, scratch, namespace)
        case Backward(name):
            _backward(scratch[name])
        case Read(key, name, what):
            reads[key] = _read(scratch[name], what)


def _defined(namespace: Mapping[str, Any], name: str) -> Any:
    if name not in namespace:
        raise _Stop("missing", f"{name} is not defined")
    return namespace[name]


def _call(step: Call, scratch: dict[str, Any], namespace: Mapping[str, Any]) -> Any:
    function = _defined(namespace, step.function)
    arguments = [scratch[name] for name in step.arguments]
    keywords = {key: scratch[name] for key, name in step.keywords.items()}
    try:
        return function(*arguments, **keywords)
    except BaseException as error:  # SystemExit and KeyboardInterrupt are answers too
        raise _Stop("raised", describe(error)) from None


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
        if what == "gradient":
            return from_python(live.grad)
        return from_python(live.get_state() if what == "state" else live)
    except UnsupportedValue as error:
        raise _Stop("unsupported type", str(error)) from None
    except BaseException as error:
        raise _Stop("raised", describe(error)) from None
