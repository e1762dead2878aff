"""Time and memory as tokens, outcomes and temperature grow, drawn for the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matplotlib.figure import Figure

from benchmarks.losses.clock import race
from benchmarks.losses.contestants import FLOOR, LIGER_COMPILED, OURS, PLAIN
from benchmarks.losses.memory import peak
from benchmarks.losses.problem import Shape, draw

WHO = (FLOOR, OURS.name, PLAIN.name, LIGER_COMPILED.name)
BASE = Shape(N=512, d_s=128, d_t=256, V=8_000)
TOKENS = (128, 512, 2048, 8192)
OUTCOMES = (2_000, 8_000, 32_000, 128_000)
TEMPERATURES = (0.1, 1.0, 10.0, 100.0)
ROUNDS = 2


@dataclass(frozen=True)
class Series:
    """Seconds and MB of each contestant at the places of one axis; no MB for temperatures."""

    axis: str
    places: Sequence[float]
    seconds: dict[str, list[float]]
    megabytes: dict[str, list[float]]


def measure() -> list[Series]:
    """Along tokens, outcomes and temperatures, forward KL in float32."""
    tokens = [(replace(BASE, N=N), 1.0) for N in TOKENS]
    outcomes = [(replace(BASE, V=V), 1.0) for V in OUTCOMES]
    temperatures = [(BASE, T) for T in TEMPERATURES]
    return [
        _along("tokens N", TOKENS, tokens, memory=True),
        _along("outcomes V", OUTCOMES, outcomes, memory=True),
        _along("temperature T", TEMPERATURES, temperatures, memory=False),
    ]


def _along(
    axis: str, places: Sequence[float], settings: list[tuple[Shape, float]], *, memory: bool
) -> Series:
    found = Series(axis, places, {who: [] for who in WHO}, {who: [] for who in WHO})
    for shape, T in settings:
        times = race(WHO, draw(shape, temperature=T), ROUNDS)
        for who in WHO:
            found.seconds[who].append(times.median(who))
            if memory:
                found.megabytes[who].append(peak(who, shape, "forward_kl", T).warm)
    return found


def plot(series: Sequence[Series], path: Path) -> None:
    """Time above, memory below, a column an axis."""
    figure = Figure((10, 5.6), layout="constrained")
    axes = figure.subplots(2, len(series), squeeze=False)
    for column, each in enumerate(series):
        for row, (values, unit) in enumerate(((each.seconds, "s"), (each.megabytes, "MB"))):
            axis = axes[row, column]
            if not any(values.values()):
                axis.axis("off")
                continue
            for who, marker in zip(WHO, "sov^", strict=True):
                axis.plot(each.places, values[who], marker=marker, label=who)
            axis.set_xscale("log")
            if any(each.megabytes.values()):
                axis.set_yscale("log")
            else:  # nothing grows, and a logarithm would make hills of it
                axis.set_ylim(bottom=0)
            axis.set_xlabel(each.axis)
            axis.set_ylabel("processor time, s" if unit == "s" else "peak over inputs, MB")
            axis.grid(alpha=0.3, which="both")
    axes[0, 0].legend(fontsize="small")
    figure.savefig(path, dpi=110, metadata={"Software": None})
