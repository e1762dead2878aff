"""The bars on a CPU: measured, written as a table, and met or missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.losses import machine
from benchmarks.losses.clock import Times, race
from benchmarks.losses.contestants import (
    FLOOR,
    LIGER,
    LIGER_COMPILED,
    OURS,
    PLAIN,
    field,
)
from benchmarks.losses.memory import Peak, peak
from benchmarks.losses.problem import Shape, draw
from course_lib.losses.objective import Name

SHAPE = Shape()
RACES: tuple[tuple[Name, float], ...] = (("forward_kl", 2.0), ("jsd", 1.0))
MOST_OF_FLOOR = 1.15
LIGERS = (LIGER.name, LIGER_COMPILED.name)  # as they come


@dataclass(frozen=True)
class Race:
    """Times and peaks of all who have a divergence."""

    divergence: Name
    T: float
    times: Times
    peaks: Mapping[str, Peak]

    @property
    def best_peer(self) -> str:
        """The fastest in the median of its rounds."""
        peers = (name for name in self.peaks if name not in (FLOOR, OURS.name))
        return min(peers, key=self.times.median)

    @property
    def bars(self) -> dict[str, tuple[float, float]]:
        """Each bar's figure, and what it may be at most."""
        mine = self.peaks[OURS.name].warm
        leanest = min(self.peaks[name].warm for name in LIGERS)
        return {
            "plain torch's memory": (mine / self.peaks[PLAIN.name].warm, 1 / 6),
            "Liger's memory": (mine / leanest, 1 / 3),
            "the best peer's time": (self.times.ratio(OURS.name, self.best_peer), 1.0),
            "the four products' time": (self.times.ratio(OURS.name, FLOOR), MOST_OF_FLOOR),
        }

    def table(self) -> str:
        """In Markdown, under a line about the machine."""
        rounds = len(self.times.seconds[OURS.name])
        lines = [
            f"{machine.words()}; {rounds} rounds.\n",
            "| | time, s | of the products' | ours of it | MB | ours of it | first call, MB |",
            "|---|--:|--:|--:|--:|--:|--:|",
        ]
        mine = self.peaks[OURS.name].warm
        for name, each in self.peaks.items():
            lines.append(
                f"| {name} | {self.times.median(name):.2f} | {self.times.ratio(name, FLOOR):.2f} | "
                f"{self.times.ratio(OURS.name, name):.2f} | {each.warm:.0f} | "
                f"{mine / each.warm:.2f} | {each.first:.0f} |"
            )
        return "\n".join(lines)


def run(rounds: int, shape: Shape = SHAPE) -> Iterator[Race]:
    """Measure everybody, a race at a time: some five minutes of one core each."""
    for divergence, T in RACES:
        names = field(divergence)
        times = race(names, draw(shape, divergence, T), rounds)
        peaks = {name: peak(name, shape, divergence, T) for name in names}
        yield Race(divergence, T, times, peaks)


def verdict(races: Sequence[Race]) -> tuple[str, bool]:
    """One line with the figures, and whether every bar is met."""
    parts, met = [], True
    for race_ in races:
        figures = []
        for name, (value, most) in race_.bars.items():
            met &= value <= most
            missed = "" if value <= most else f" (MISSED, at most {most:.2f})"
            figures.append(f"{value:.2f} of {name}{missed}")
        parts.append(f"{race_.divergence}: {', '.join(figures)}")
    return ("bars met: " if met else "BARS MISSED: ") + "; ".join(parts), met
