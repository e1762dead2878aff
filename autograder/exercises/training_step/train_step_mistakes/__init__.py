"""What goes wrong in `train_step`: in the step itself, in what is compared, in who sees what."""

from __future__ import annotations

from autograder.exercises.training_step.train_step_mistakes.comparison import COMPARISON
from autograder.exercises.training_step.train_step_mistakes.models import MODELS
from autograder.exercises.training_step.train_step_mistakes.step import STEP

MISTAKES = (*STEP, *MODELS, *COMPARISON)
