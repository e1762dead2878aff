"""Measure the losses, write docs/losses.md, and say whether the bars are met.

On a machine with a GPU its bars are measured too. `python -m benchmarks.losses --help`.
"""

from __future__ import annotations

import argparse
import sys

import torch

from benchmarks.losses import accuracy, bars, edges, gpu, machine, page, peers, scaling


def main() -> int:
    """Everything, or the parts that are named; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.losses", description=__doc__)
    parts = ("bars", "accuracy", "edges", "scaling", "gpu")
    parser.add_argument("parts", nargs="*", choices=[*parts, []], default=[], metavar="PART")
    parser.add_argument("--rounds", type=int, default=5, help="of each race (5)")
    asked = parser.parse_args()
    wanted = asked.parts or [x for x in parts if x != "gpu" or torch.cuda.is_available()]
    torch.set_num_threads(1)
    peers.install()
    lines, met = [], True
    if "accuracy" in wanted:
        _write("accuracy", accuracy.table())
    if "edges" in wanted:
        _write("edges", edges.table())
    if "bars" in wanted:
        races = []
        for race in bars.run(asked.rounds):
            _write(race.divergence, race.table())
            races.append(race)
        line, met = bars.verdict(races)
        lines.append(line)
    if "scaling" in wanted:
        scaling.plot(scaling.measure(), page.PICTURE)
        _write("scaling", f"{machine.words()}; {scaling.ROUNDS} rounds.")
    if "gpu" in wanted:
        table, line, fast = gpu.run()
        _write("gpu", table)
        lines.append(line)
        met &= fast
    print("; ".join(lines) or "no bars were measured")
    return 0 if met else 1


def _write(name: str, table: str) -> None:
    print(f"{name}\n{table}\n", flush=True)
    page.write({name: table})


if __name__ == "__main__":
    sys.exit(main())
