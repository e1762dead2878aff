"""Kill, fill and interrupt grading at seeded random points; whatever happens, the marks are right.

python tests/faults/run.py                 # all of it; ends in one line of figures
python tests/faults/run.py --runs 5 --only writer,guest --seed 7
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from disturbed import faults

RUNS = {"writer": 40, "coordinator": 12, "warm parent": 8, "guest": 12, "full disk": 6}


def main() -> int:
    """Run what was asked for; gives 1 if anything was lost, done twice or otherwise."""
    asked = _arguments()
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        base = faults.undisturbed(Path(folder))
        for fault, usual in RUNS.items():
            if asked.only and fault not in asked.only.split(","):
                continue
            if why := faults.why_not(fault):
                print(f"{fault}: not to be had here, {why}")
                continue
            for seed in range(asked.seed, asked.seed + (asked.runs or usual)):
                outcome = faults.try_out(fault, seed, base, Path(folder))
                outcomes.append(outcome)
                for line in outcome.wrong:
                    print(f"{fault}, seed {seed}: {line}", flush=True)
    print(_figures(outcomes))
    return int(any(each.wrong for each in outcomes))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help=f"some of: {', '.join(RUNS)}")
    parser.add_argument("--runs", type=int, help="so many of each")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    return parser.parse_args()


def _figures(outcomes: list[faults.Outcome]) -> str:
    def count(of: list[faults.Outcome]) -> str:
        return f"{sum(each.struck for each in of)}/{len(of)}"

    kinds = dict.fromkeys(each.fault for each in outcomes)
    struck = ", ".join(f"{k} {count([o for o in outcomes if o.fault == k])}" for k in kinds)
    wrong = [each for each in outcomes if each.wrong]
    return (
        f"faults: {len(outcomes)} runs, {count(outcomes)} struck before the end ({struck}); "
        f"{len(wrong)} ended with other marks, lost or repeated submissions"
    )


if __name__ == "__main__":
    sys.exit(main())
