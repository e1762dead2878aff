"""What the checks say of solutions by strangers: people who saw the released notebooks alone.

Run as a program, it writes the table of docs/strangers.md:

    python tests/strangers/judged.py > docs/strangers.md
"""

from __future__ import annotations

import contextlib
import io
import json
import warnings
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.exercises import ASSIGNMENTS, find_exercise
from autograder.exercises.tables import build
from course_lib.checks.assess import Assessment, assess
from course_lib.checks.perform import perform
from course_lib.checks.table import Table

HERE = Path(__file__).parent
SECRET = b"strangers"

FIRST_CONTACT = """\
At first contact, before anything was changed on their account, 108 of 108 right solutions had full
marks and 311 of 318 wrong ones lost marks; of these 318, 174 (55 %) were told by the name of their
mistake, 30 (9 %) by the behaviour that they lack, 22 (7 %) by the error that they raise, and none
was named wrongly.
"""


@dataclass(frozen=True)
class Judged:
    """One solution: its mistake in its author's words, and what the checks make of it."""

    name: str
    says: str
    assessment: Assessment

    @property
    def loses(self) -> bool:
        return self.assessment.points < self.assessment.max_points

    @property
    def mistakes(self) -> tuple[str, ...]:
        return self.assessment.diagnosis.mistakes

    @property
    def told_by(self) -> str:
        """How its author learns what is wrong: the first of the ways that applies."""
        if self.mistakes:
            return "mistake"
        if not self.loses:
            return "nothing"
        if self.assessment.detail:
            return "error"
        return "property" if self.assessment.diagnosis.right else "unnamed"


@cache
def table(exercise: str) -> Table:
    owner = next(a.id for a in ASSIGNMENTS.values() if exercise in {e.id for e in a.exercises})
    return build(find_exercise(exercise), SECRET, owner)


def judged(kind: str) -> list[Judged]:
    """Every solution of a kind, "right" or "wrong"."""
    return [judge(path) for path in sorted((HERE / kind).glob("*.py"))]


@cache
def judge(path: Path) -> Judged:
    """Execute a solution as a notebook's cell would be, and assess it on hidden cases."""
    of = table(path.stem.rsplit("_", 1)[0])
    source = path.read_text()
    aside = io.StringIO()
    with (
        contextlib.redirect_stdout(aside),
        contextlib.redirect_stderr(aside),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        namespace: dict[str, object] = {}
        exec(compile(source, path.name, "exec"), namespace)
        answers = {probe.id: perform(probe, namespace) for probe in of.probes()}
    says = source.splitlines()[0].removeprefix("# mistake:").strip()
    return Judged(path.stem, says, assess(of, answers))


def reviewed() -> dict[str, list[str]]:
    """The names that a reader found right, by solution; what is not in it was not named."""
    names: dict[str, list[str]] = json.loads((HERE / "reviewed.json").read_text())
    return names


def page() -> str:
    """The table as Markdown."""
    right, wrong = judged("right"), judged("wrong")
    ways = Counter(each.told_by for each in wrong)
    told = ways["mistake"] + ways["property"] + ways["error"]
    share = {way: f"{count} ({count / len(wrong):.0%})" for way, count in ways.items()}
    lines = [
        "# Strangers' mistakes",
        "",
        "Made by `python tests/strangers/judged.py`. The solutions in `tests/strangers/` were",
        "written from the released notebooks alone, by hands that had not seen exercises, mistakes",
        "or cases. What a check says of each was read against its author's own words.",
        "",
        FIRST_CONTACT,
        f"Now: {sum(not each.loses for each in right)} of {len(right)} right solutions have full",
        f"marks; {sum(each.loses for each in wrong)} of {len(wrong)} wrong ones lose marks; "
        f"{told / len(wrong):.0%} are told what is wrong:",
        "",
        "| told by | wrong solutions |",
        "|---|--:|",
        f"| the mistake's name | {share.get('mistake', 0)} |",
        f"| the behaviour that is missing, values being right | {share.get('property', 0)} |",
        f"| the error that its calls raise | {share.get('error', 0)} |",
        f"| nothing but 'the numbers differ' | {share.get('unnamed', 0)} |",
        f"| full marks all the same | {share.get('nothing', 0)} |",
        "",
        "In the literature machine-made feedback is 88 % precise, and teaching assistants' 82 %",
        "(Wu et al., ProtoTransformer, 2021).",
        "",
        "## What is not named",
        "",
        "| solution | in its author's words |",
        "|---|---|",
    ]
    lines += [
        f"| `{each.name}` | {each.says.replace('|', '∣')} |"
        for each in wrong
        if each.told_by in ("unnamed", "nothing")
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
