"""Attack the grader with the whole corpus, on every rung of isolation that this machine has.

python tests/attacks/run.py                      # all of it; ends in one line of figures
python tests/attacks/run.py --only 12,relay      # classes by number, attacks by a part of a name
python tests/attacks/run.py --stock              # and classic tests, here and with stock nbgrader
python tests/attacks/run.py --stock --results FOLDER --table docs/attacks.md
"""

from __future__ import annotations

import argparse
import functools
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness import corpus, rungs, stock, table
from harness.corpus import Attack
from harness.findings import Findings
from harness.kept import Kept
from harness.lessons import CLASSIC

OURS = "ours, classic tests"


def main() -> int:
    """Run what was asked for; gives 1 if any attacker got what none may get."""
    asked = _arguments()
    attacks = [each for each in corpus.read_all() if _wanted(each, asked.only)]
    kept = Kept(asked.results)
    peers: list[Findings] = []
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
        place = Path(folder)
        found = [*_on_rungs(asked.rung or rungs.NAMES, attacks, kept, place)]
        if asked.stock:
            peers += _classic([each for each in attacks if not each.ours], kept, place)
    if asked.table:
        asked.table.write_text(table.page(found, *peers), encoding="utf-8")
    print(table.figures(found, *peers))
    return int(any(table.broken(each) for each in found))


def _on_rungs(
    names: Sequence[str], attacks: Sequence[Attack], kept: Kept, place: Path
) -> Iterator[Findings]:
    """What all reach against protected cells, rung by rung; feedback for all on the first one."""
    pages = True
    for name in names:
        if (found := kept.findings(name, attacks)) is None:
            if why := rungs.why_not(name):
                print(f"{name}: not to be had here. {why}")
                continue
            found = kept.keep(rungs.attack(place, name, attacks, pages=pages))
        pages = False
        print("\n".join(table.lines(found)), flush=True)
        yield found


def _classic(attacks: Sequence[Attack], kept: Kept, place: Path) -> Iterator[Findings]:
    """The same questions with nbgrader's own tests: graded by nbgrader alone, and by us."""
    course = functools.cache(lambda: stock.prepare(place))  # made when the first attack needs it
    theirs = kept.one_by_one(stock.NAME, attacks, lambda each: stock.attack(course(), each))
    print("\n".join(table.lines(theirs)), flush=True)
    yield theirs
    ours = kept.findings(OURS, attacks) or kept.keep(
        rungs.attack(place, "namespaces", attacks, lesson=CLASSIC), OURS
    )
    print("\n".join(table.lines(ours)), flush=True)
    yield ours


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rung", action="append", choices=rungs.NAMES)
    parser.add_argument("--only", default="", help="numbers of classes, parts of names")
    parser.add_argument("--stock", action="store_true", help="stock nbgrader too (half an hour)")
    parser.add_argument("--results", type=Path, help="keep what is found, and go on from it")
    parser.add_argument("--table", type=Path, help="write docs/attacks.md here")
    return parser.parse_args()


def _wanted(attack: Attack, only: str) -> bool:
    words = [word for word in only.split(",") if word]
    return not words or any(
        attack.number == int(word) if word.isdigit() else word in attack.name for word in words
    )


if __name__ == "__main__":
    sys.exit(main())
