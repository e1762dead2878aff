"""Attack the grader with the whole corpus, on every rung of isolation that this machine has.

python tests/attacks/run.py                      # all of it; ends in one line of figures
python tests/attacks/run.py --only 12,relay      # classes by number, attacks by a part of a name
python tests/attacks/run.py --rung namespaces --table docs/attacks.md
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness import corpus, rungs, table
from harness.findings import Findings


def main() -> int:
    """Run what was asked for; gives 1 if any attacker got what none may get."""
    asked = _arguments()
    attacks = [each for each in corpus.read_all() if _wanted(each, asked.only)]
    found: list[Findings] = []
    with tempfile.TemporaryDirectory(prefix="attacks-") as place:
        for name in asked.rung or rungs.NAMES:
            if why := rungs.why_not(name):
                print(f"{name}: not to be had here. {why}")
                continue
            found.append(rungs.attack(Path(place), name, attacks, pages=not found))
            print("\n".join(table.lines(found[-1])), flush=True)
    if asked.table:
        asked.table.write_text(table.page(found), encoding="utf-8")
    print(table.figures(found))
    return int(any(table.broken(each) for each in found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rung", action="append", choices=rungs.NAMES)
    parser.add_argument("--only", default="", help="numbers of classes, parts of names")
    parser.add_argument("--table", type=Path, help="write docs/attacks.md here")
    return parser.parse_args()


def _wanted(attack: corpus.Attack, only: str) -> bool:
    words = [word for word in only.split(",") if word]
    return not words or any(
        attack.number == int(word) if word.isdigit() else word in attack.name for word in words
    )


if __name__ == "__main__":
    sys.exit(main())
