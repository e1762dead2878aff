"""Read the corpus: one file an attack, with what it wants and the cells that it hands in.

The files are no .py: nothing may ever import one, nor may a test runner run one by mistake. A file
begins with comments: a title, and fields (`class`, the number of the way to cheat; `wants`, of
marks, damage and leak; `against`, protected and classic cells; `earns`, the points on protected
cells that are honestly its own; `shows`, what would prove success;
`reveals`, a pattern that only a success puts into outputs and notes; `page`, whether pages are
looked at for scripts and loads; `fast`, whether `make test` runs it; `ours`, why it makes sense
against this grader only, so that stock nbgrader is spared it). Then come cells, each under a line
`# %% NAME`:

- the grade_id of an answer cell (weighed, why, pairs, triple, part): the cell's new text;
- `first`, `middle`, `last`: cells of the attacker's own, behind the imports, before the classic
  cells, and at the end;
- `hand in`: what is done to `notebook` and `folder` by hand before they are handed in. This runs
  outside the sandbox, as a student's own machine would run it.

`@name@`, `@outside@` and the like stand for what `Places` holds.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
WISHES = ("marks", "damage", "leak")
TARGETS = ("protected", "classic")
_ANSWERS = ("weighed", "why", "pairs", "triple", "part")
_OWN = {"first": 1, "middle": 6, "last": 100}
_FIELD = re.compile(r"# (class|wants|against|earns|shows|reveals|page|fast|ours): (.+)")


@dataclass(frozen=True)
class Places:
    """What an attacker is told of the grader's machine: more than any attacker could know.

    `outside` is a folder that everybody may write to, `port` one on which somebody listens,
    `victim` a process that notes the signals it gets, `seconds` what a left-over process sleeps.
    """

    course: str
    outside: str
    port: int
    victim: int
    seconds: str


@dataclass(frozen=True)
class Attack:
    """One attacking submission."""

    name: str
    title: str
    number: int
    wants: frozenset[str]
    against: frozenset[str]
    earns: float
    shows: str
    reveals: str
    page: bool
    fast: bool
    ours: str
    cells: Mapping[str, str]

    def hand_in(self, release: Path, folder: Path, places: Places) -> None:
        """Write the submission into `folder`, made from the released notebook."""
        cells = {name: self._fill(text, places) for name, text in self.cells.items()}
        notebook = nbformat.read(release, as_version=4)
        for id in _ANSWERS:
            if id in cells:
                cell_of(notebook, id).source = f"# @answer {id}\n{cells[id]}"
        for name, position in reversed(_OWN.items()):
            if name in cells:
                notebook.cells.insert(position, nbformat.v4.new_code_cell(cells[name]))
        folder.mkdir(parents=True)
        if "hand in" in cells:
            tools = {"notebook": notebook, "folder": folder, "nbformat": nbformat}
            exec(compile(cells["hand in"], self.name, "exec"), tools)
        path = folder / release.name
        if not os.path.lexists(path):
            path.write_text(json.dumps(notebook))  # nbformat would mend what is to be broken

    def _fill(self, text: str, places: Places) -> str:
        for name, value in {"name": self.name, **asdict(places)}.items():
            text = text.replace(f"@{name}@", str(value))
        return text


def cell_of(notebook: NotebookNode, id: str) -> NotebookNode:
    """The cell with this grade_id."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == id)


def read(path: Path) -> Attack:
    """Read one file. Raises `ValueError` that says what is missing."""
    head, *parts = re.split(r"(?m)^# %% (.+)\n", path.read_text(encoding="utf-8"))
    fields = dict(_FIELD.findall(head))
    lost = {"class", "wants", "against", "shows"} - fields.keys()
    cells = {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}
    unknown = cells.keys() - {*_ANSWERS, *_OWN, "hand in"}
    wants, against = _words(fields.get("wants", "")), _words(fields.get("against", ""))
    if lost or unknown or not cells or not wants <= {*WISHES} or not against <= {*TARGETS}:
        raise ValueError(f"{path.name}: lost {lost}, unknown {unknown}, {wants}, {against}")
    return Attack(
        path.stem,
        head.splitlines()[0].removeprefix("# "),
        int(fields["class"]),
        wants,
        against,
        float(fields.get("earns", 0)),
        fields["shows"],
        fields.get("reveals", ""),
        fields.get("page") == "yes",
        fields.get("fast") == "yes",
        fields.get("ours", ""),
        cells,
    )


def read_all() -> list[Attack]:
    """The corpus, by class."""
    return [read(path) for path in sorted(CORPUS.glob("*.attack"))]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.replace(",", " ").split())
