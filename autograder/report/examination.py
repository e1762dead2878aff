"""An examination of an exercise, as tables in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table

from autograder.exercises.examine import Examination


def tables(found: Examination) -> Iterator[RenderableType]:
    """What an author wants to see, one thing after the other."""
    yield (
        f"{found.exercise}: {found.mistakes} mistakes, {found.pairs} pairs that have values of "
        f"their own, {found.mutants} mutants; a check takes {found.seconds:.2f} s"
    )
    open_ones = [each for each in found.alike if not each.declared]
    singles = [each for each in open_ones if len(each.other) == 1 or each.told_by]
    if singles:
        table = Table(title="Not told apart by one draw of the cases", title_justify="left")
        for heading in ("one", "other", "told apart by"):
            table.add_column(heading, overflow="fold")
        for each in singles:
            one = " + ".join(each.one) or "(right)"
            told_by = each.told_by or "nothing that was tried: equal in truth?"
            table.add_row(one, " + ".join(each.other), told_by)
        yield table
    equal = len(open_ones) - len(singles)
    if equal:
        yield f"{equal} pairs look like something simpler in every draw: equal in truth, it seems."
    if found.failures:
        table = Table(title="Right solutions that lose points", title_justify="left")
        table.add_column("solution")
        table.add_column("loses")
        for failure in found.failures:
            lost = [v.property.id for v in failure.assessment.properties if not v.holds]
            table.add_row(failure.name, ", ".join(lost))
        yield table
    if found.survivors:
        table = Table(title="Mutants of the solution that survive", title_justify="left")
        table.add_column("line", justify="right")
        table.add_column("change", overflow="fold")
        for mutant in found.survivors:
            table.add_row(str(mutant.line), mutant.change)
        yield table
    if not (singles or found.failures or found.survivors):
        yield "Nothing to mend."
