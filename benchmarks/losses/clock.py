"""Time: everybody in turn, round after round, in one process, so that all meet the same noise."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch

from benchmarks.losses.contestants import step
from benchmarks.losses.problem import Problem


@dataclass(frozen=True)
class Times:
    """Seconds of processor time, by contestant and round."""

    seconds: Mapping[str, Sequence[float]]

    def median(self, name: str) -> float:
        return statistics.median(self.seconds[name])

    def ratio(self, name: str, other: str) -> float:
        """The median over rounds of one's time by the other's in the same round."""
        pairs = zip(self.seconds[name], self.seconds[other], strict=True)
        return statistics.median(one / two for one, two in pairs)


def race(names: Sequence[str], problem: Problem, rounds: int) -> Times:
    """Time each once a round, in an order that turns, after a round that does not count.

    The round ahead is for compilers and for memory that is touched for the first time. Compilers
    begin anew with each race: after too many shapes they would give up, and say nothing.
    """
    torch.compiler.reset()
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds + 1):
        for name in (*names[turn % len(names) :], *names[: turn % len(names)]):
            start = time.process_time()
            step(name, problem)
            spent = time.process_time() - start
            if turn:
                seconds[name].append(spent)
    return Times(seconds)
