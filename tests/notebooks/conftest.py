"""The course's notebooks: as written, as released, and both run, each at most once a session."""

from __future__ import annotations

import re
import resource
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import ClearSolutions

FOLDER = Path(__file__).parents[2] / "notebooks"

TOLD = re.compile(r"`(\w+\([^`]*\))`[^`\n]*? is (\d+\.\d+)")
"""A value that a task tells to compare with, such as '`tvd(p, q)` is 0.2'."""


QUICK = "QUICK = False"
"""The switch of a notebook that takes longer; it is thrown, unless a test asks for all of it."""


@dataclass(frozen=True)
class Executed:
    """A notebook after its run, and how many seconds of one core that took."""

    cells: list
    seconds: float

    def cell(self, id):
        return next(each for each in self.cells if each.id == id)

    def said(self, id):
        """What a cell printed."""
        return "".join(each.text for each in self.cell(id).outputs if each.get("name") == "stdout")

    def shown(self, id):
        """What a cell's last line gave, in plain text."""
        (result,) = [each for each in self.cell(id).outputs if "data" in each]
        return result.data["text/plain"]

    def outputs(self):
        return [(each.id, output) for each in self.cells for output in each.get("outputs", ())]

    def self_checked(self):
        """The points that each self-check shows, by exercise."""
        return {
            id.removeprefix("check_"): float(self.shown(each.id))
            for each in self.cells
            if (id := each.metadata.get("nbgrader", {}).get("grade_id", "")).startswith("check_")
        }


class Written:
    """One notebook; `source` and `released` are lists of cells."""

    def __init__(self, id, folder):
        self.id, self._folder = id, folder

    def node(self):
        """The notebook as it is in the repository, read anew."""
        return nbformat.read(FOLDER / self.id / f"{self.id}.ipynb", as_version=4)

    @cached_property
    def source(self):
        return self.node().cells

    @cached_property
    def released(self):
        return self._as_released().cells

    @cached_property
    def told(self):
        """The values that the tasks tell to compare with: (call, number as printed)."""
        return [each for cell in prose(self.source) for each in TOLD.findall(cell.source)]

    @cached_property
    def solved(self):
        return self.run("solved", self.node())

    @cached_property
    def untouched(self):
        return self.run("untouched", self._as_released())

    @cached_property
    def in_full(self):
        """Solved, and not on the short path."""
        return self.run("in_full", self.node(), short=False)

    @cached_property
    def computed(self):
        """What the solutions make of the calls in `told`, in the same order."""
        node = self.node()
        calls = ", ".join(f"float({call})" for call, _ in self.told)
        node.cells.append(new_code_cell(f"[{calls}]", id="told"))
        said = self.run("computed", node).shown("told")
        return [float(each) for each in said.strip("[]").split(",")]

    def _as_released(self):
        return ClearSolutions(code_stub={"python": "..."}).preprocess(self.node(), {})[0]

    def run(self, form, node, short=True):
        folder = self._folder / self.id / form
        folder.mkdir(parents=True)
        if short:
            for each in node.cells:
                each.source = each.source.replace(QUICK, "QUICK = True")
        started = seconds_of_children()
        NotebookClient(node, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
        return Executed(node.cells, seconds_of_children() - started)


def seconds_of_children():
    """Time on a core, which a busy machine does not stretch as it does time on the clock."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def prose(cells):
    return [each for each in cells if each.cell_type == "markdown"]


@pytest.fixture(scope="session")
def written_as(tmp_path_factory):
    """The notebook of an assignment, by id; the same object in all tests of a session."""
    folder = tmp_path_factory.mktemp("notebooks")
    return cache(lambda id: Written(id, folder))
