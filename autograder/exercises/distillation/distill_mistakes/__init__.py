"""What goes wrong in `distill`: in the loop, in what is averaged, in what is compared."""

from __future__ import annotations

from autograder.exercises.distillation.distill_mistakes.averages import AVERAGES
from autograder.exercises.distillation.distill_mistakes.curve import CURVE
from autograder.exercises.distillation.distill_mistakes.loop import LOOP
from autograder.exercises.distillation.distill_mistakes.loss import LOSS

MISTAKES = (*LOOP, *AVERAGES, *CURVE, *LOSS)
