"""Name the mistake that explains the numbers, or both where two were made at once.

A name has to explain every number that came back. Where several single mistakes, or several pairs,
explain them equally well, none is named: a wrong name costs a student more than none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from course_lib.checks.compare import SIGMAS, near, same_numbers
from course_lib.checks.relate import Related, relation
from course_lib.checks.table import Case, Numbers, Setting, Table, first_of

ENOUGH = 3
"""So many numeric cases have to agree before something that fails on the others is named."""


@dataclass(frozen=True)
class Diagnosis:
    """`mistakes` holds one id or two; if it is empty, the values are right or not explained.

    `telling` is False for a mistake whose values are one and the same number on all cases, such as
    'always 0': it explains a constant as well as an attempt, so it is named but earns nothing.
    `partly` says that the mistake explains what came back for ordinary inputs, and that at the
    edges something else is different too. `relation` says what numbers without a name have to do
    with the right ones, if anything.
    """

    right: bool
    mistakes: tuple[str, ...] = ()
    telling: bool = True
    partly: bool = False
    relation: str = ""

    @property
    def named(self) -> bool:
        return bool(self.mistakes)


Observed: TypeAlias = Mapping[str, Numbers | None]
"""By id of a diagnosing case, what the function returned; None, or no entry: nothing numeric."""


def diagnose(table: Table, observed: Observed, dtype: str = "float64") -> Diagnosis:
    """Find the setting whose values equal the observed ones.

    `dtype` is the coarsest floating dtype of the results: it sets the tolerance.
    """
    cases = [case for case in table.cases if case.diagnose]
    returned = [case for case in cases if observed.get(case.id) is not None]
    if len(returned) < min(ENOUGH, len(cases)):
        return Diagnosis(right=False)
    if _explains(table.right, observed, returned, dtype):
        return Diagnosis(right=len(returned) == len(cases))
    matches = _explaining(table, observed, returned, dtype)
    raised = [case for case in cases if case not in returned]
    found = _simplest(matches, raised)
    if found:
        return Diagnosis(False, found.mistakes, telling=_varies(found))
    found = None if matches else _on_ordinary_inputs(table, observed, returned, dtype)
    if found:
        return Diagnosis(False, found.mistakes, telling=_varies(found), partly=True)
    return Diagnosis(False, relation=relation(_related(table, observed, returned), dtype))


def _explaining(
    table: Table, observed: Observed, cases: Sequence[Case], dtype: str
) -> list[Setting]:
    """The settings that give what was observed in each of these cases."""
    likely = np.ones(len(table.settings), bool)
    for case in cases:
        first, spread = table.glances[case.id]
        seen = np.asarray(first_of(observed[case.id]))
        likely &= near(seen, first, case.atol + SIGMAS * spread, dtype)
    settings = [table.settings[i] for i in np.flatnonzero(likely)]
    return [each for each in settings if _explains(each, observed, cases, dtype)]


def _explains(setting: Setting, observed: Observed, cases: Sequence[Case], dtype: str) -> bool:
    return all(
        same_numbers(
            observed[case.id],
            setting.values[case.id],
            case.atol,
            dtype,
            setting.spreads.get(case.id),
        )
        for case in cases
    )


def _simplest(matches: Sequence[Setting], raised: Sequence[Case]) -> Setting | None:
    """The one match with the fewest mistakes; of several, the one that raises where it raised."""
    for size in (1, 2):
        of_size = [setting for setting in matches if len(setting.mistakes) == size]
        if len(of_size) > 1:
            alike = [s for s in of_size if all(s.values[case.id] is None for case in raised)]
            of_size = alike or of_size
        if of_size:
            return of_size[0] if len(of_size) == 1 else None
    return None


def _on_ordinary_inputs(
    table: Table, observed: Observed, returned: Sequence[Case], dtype: str
) -> Setting | None:
    """The one mistake that explains the cases of core properties, whatever the edges say.

    Mistakes that are told in the same words count as one. Where chance decides there is none: too
    many numbers lie near each other.
    """
    core = {id for each in table.properties if each.core for id in each.cases}
    ordinary = [case for case in returned if case.id in core]
    if len(ordinary) < ENOUGH or table.right.spreads:
        return None
    matches = _explaining(table, observed, ordinary, dtype)
    single = [setting for setting in matches if len(setting.mistakes) == 1]
    if table.right in matches or len({table.mistake(*s.mistakes).says for s in single}) != 1:
        return None
    return single[0]


def _related(table: Table, observed: Observed, returned: Sequence[Case]) -> list[Related]:
    """The cases with what came back and what was expected, where there are numbers of both."""
    every = [(case, observed[case.id], table.right.values[case.id]) for case in returned]
    return [
        Related({k: v for k, v in case.inputs.items() if k not in case.make}, got, right)
        for case, got, right in every
        if got and right
    ]


def _varies(setting: Setting) -> bool:
    numbers = [n.ravel() for values in setting.values.values() if values for n in values]
    flat = np.concatenate(numbers) if numbers else np.zeros(0)
    return flat.size > 0 and not np.allclose(flat, flat[0], equal_nan=True)
