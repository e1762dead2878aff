"""What a student says in the exam after it was trained, with mistakes or without.

Cases are judged without this: the judge looks at the logits that come back. It serves to see where
the band has to be.
"""

from __future__ import annotations

import numpy as np

from autograder.exercises.distillation import world
from autograder.exercises.exercise import Mistake
from autograder.exercises.tables import oracle_input
from autograder.oracles import distilling
from autograder.oracles.reading import Numbers
from course_lib.checks.compare import mean_kl
from course_lib.checks.table import Case


def logits_after(
    case: Case, mistakes: tuple[Mistake, ...] = (), passes: int = world.PASSES
) -> Numbers:
    """The student's logits [B, L, V] on the hidden tokens of the case "trained".

    Each pass is a call of its own, with one optimizer. Raises ArithmeticError where such code
    raises.
    """
    inputs = {name: oracle_input(value) for name, value in case.inputs.items()}
    switches = {key: value for each in mistakes for key, value in each.switch.items()}
    tokens = inputs.pop("tokens")
    del inputs["asked"]
    row = distilling.distill(**inputs, calls=passes, **switches)[1]
    matrix = distilling.from_a_row(row, world.V)
    return np.asarray(distilling.features(tokens, world.V) @ matrix)


def kl_after(case: Case, mistakes: tuple[Mistake, ...] = (), passes: int = world.PASSES) -> float:
    """The KL from the teacher to the student in nats per answer token, as the judge takes it."""
    inputs = {name: oracle_input(value) for name, value in case.inputs.items()}
    _, expected = distilling.distill(**inputs)
    return mean_kl(expected, logits_after(case, mistakes, passes))
