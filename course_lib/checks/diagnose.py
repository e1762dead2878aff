"""Name the mistake that explains the numbers, or both where two were made at once.

A name has to explain every number that came back. Where several single mistakes, or several pairs,
explain them equally well, none is named: a wrong name costs a student more than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from course_lib.checks.compare import same_numbers
from course_lib.checks.relate import relation
from course_lib.checks.table import Numbers, Setting, Table

ENOUGH = 3
"""So many numeric cases have to agree before something that fails on the others is named."""


@dataclass(frozen=True)
class Diagnosis:
    """`mistakes` holds one id or two; if it is empty, the values are right or not explained.

    `telling` is False for a mistake whose values are one and the same number on all cases, such as
    'always 0': it explains a constant as well as an attempt, so it is named but earns nothing.
    `relation` says what numbers without a name have to do with the right ones, if anything.
    """

    right: bool
    mistakes: tuple[str, ...] = ()
    telling: bool = True
    relation: str = ""

    @property
    def named(self) -> bool:
        return bool(self.mistakes)


def diagnose(
    table: Table, observed: Mapping[str, Numbers | None], dtype: str = "float64"
) -> Diagnosis:
    """Find the setting whose values equal the observed ones.

    `observed` maps ids of diagnosing cases to what the function returned; None, or no entry, says
    that it returned nothing numeric. `dtype` is the coarsest floating dtype of the results: it
    sets the tolerance.
    """
    cases = [case for case in table.cases if case.diagnose]
    returned = [case for case in cases if observed.get(case.id) is not None]
    if len(returned) < min(ENOUGH, len(cases)):
        return Diagnosis(right=False)

    def explains(setting: Setting) -> bool:
        return all(
            same_numbers(
                observed[case.id],
                setting.values[case.id],
                case.atol,
                dtype,
                setting.spreads.get(case.id),
            )
            for case in returned
        )

    def raises_alike(setting: Setting) -> bool:
        return all(setting.values[case.id] is None for case in cases if case not in returned)

    matches = [setting for setting in table.settings if explains(setting)]
    if table.right in matches:
        return Diagnosis(right=len(returned) == len(cases))
    for size in (1, 2):
        of_size = [setting for setting in matches if len(setting.mistakes) == size]
        if len(of_size) > 1:  # one that explains the errors too is to be preferred
            of_size = list(filter(raises_alike, of_size)) or of_size
        if len(of_size) == 1:
            return Diagnosis(False, of_size[0].mistakes, telling=_varies(of_size[0]))
        if of_size:
            break
    pairs = [(observed[case.id], table.right.values[case.id]) for case in returned]
    return Diagnosis(False, relation=relation([(a, b) for a, b in pairs if a and b]))


def _varies(setting: Setting) -> bool:
    numbers = [n.ravel() for values in setting.values.values() if values for n in values]
    flat = np.concatenate(numbers) if numbers else np.zeros(0)
    return flat.size > 0 and not np.allclose(flat, flat[0], equal_nan=True)
