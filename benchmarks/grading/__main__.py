"""`python -m benchmarks.grading [race whole stages scale page]`: measure, then write the document.

Each part keeps what it found in build/grading/, so that parts can be measured again alone. Ends in
one line with the figures, and with status 1 if a bar is missed or graders disagree on marks.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat

from benchmarks.grading import courses, otter, page, race, scale
from benchmarks.grading.classic import without_figures
from benchmarks.grading.race import Field, Sizes

ROOT = Path(__file__).resolve().parents[2]
FOUND = ROOT / "build" / "grading"


def measure_race(arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """The exercises of the assignment, through everybody."""
    notebook = without_figures(nbformat.read(courses.NOTEBOOK, as_version=4))
    sizes = Sizes(arguments.rounds, arguments.students, arguments.peers)
    return _race(Field(arguments.folder / "race", notebook, sizes))


def measure_whole(arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """The assignment as it is, whose figures are the notebook's own and take their time."""
    notebook = nbformat.read(courses.NOTEBOOK, as_version=4)
    sizes = Sizes(1, min(arguments.students, 24), min(arguments.peers, 2))
    return _race(Field(arguments.folder / "whole", notebook, sizes))


def _race(field: Field) -> Iterator[dict[str, Any]]:
    names = list(race.CONTESTANTS)
    try:
        otter.install()
    except subprocess.CalledProcessError as error:
        print(f"otter-grader cannot be installed here: {error}", flush=True)
        names.remove(race.OTTER)
    field.prepare()
    yield from race.run(field, names, lambda says: print(says, flush=True))


def measure_stages(arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """What a submission's time is made of, of the race's two courses of ours."""
    yield {
        name: _stages(Field(arguments.folder / "race", None, Sizes(1, 0, 0)), name)
        for name in (race.CLASSIC, race.PROTECTED)
    }


def _stages(field: Field, name: str) -> dict[str, Any]:
    copy = field.fresh(name, 24)
    command = [sys.executable, "-m", "benchmarks.grading.stages", str(copy), "20"]
    done = subprocess.run(
        command, check=True, env=courses.ENVIRONMENT, stdout=subprocess.PIPE, cwd=ROOT
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure_scale(arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Many tiny submissions: memory of the coordinator, and time for each."""
    yield scale.run(arguments.folder / "scale", arguments.many)


PARTS: dict[str, Callable[[argparse.Namespace], Iterator[dict[str, Any]]]] = {
    "race": measure_race,
    "whole": measure_whole,
    "stages": measure_stages,
    "scale": measure_scale,
}


def main() -> int:
    """Measure the parts that are asked for. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, "page"], default=[*PARTS, "page"])
    parser.add_argument("--folder", type=Path, default=FOUND, help="where courses are made")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--students", type=int, default=400, help="for ours")
    parser.add_argument("--peers", type=int, default=4, help="students for the peers, at least 2")
    parser.add_argument("--many", type=int, default=10_000, help="tiny submissions")
    arguments = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: race.PROCESSORS])
    FOUND.mkdir(parents=True, exist_ok=True)
    for part in arguments.parts:
        if part in PARTS:
            for found in PARTS[part](arguments):  # a run that is broken off leaves its rounds
                (FOUND / f"{part}.json").write_text(json.dumps(found, indent=1))
    if "page" not in arguments.parts:
        return 0
    missing = [each for each in PARTS if not (FOUND / f"{each}.json").exists()]
    if missing:
        parser.error(f"these parts have not been measured yet: {', '.join(missing)}")
    parts = {each: json.loads((FOUND / f"{each}.json").read_text()) for each in PARTS}
    return page.write(parts)


if __name__ == "__main__":
    sys.exit(main())
