"""Figures that can be read: in colour, in print, and aloud.

Each function returns a `Picture`, which a notebook shows with alternative text made from the same
numbers as the drawing. Colours are Okabe and Ito's, and never the only sign.
"""

from course_lib.figures.chain import chain_of_kls
from course_lib.figures.comparison import comparison
from course_lib.figures.contexts import side_by_side
from course_lib.figures.curves import gradient_norms, loss_against_temperature
from course_lib.figures.descent import descent
from course_lib.figures.distributions import teacher_and_student, temperature
from course_lib.figures.estimates import estimate_against_draws
from course_lib.figures.explained import explained_loss
from course_lib.figures.mixtures import loss_of_mixtures
from course_lib.figures.model_sliders import contest, model_sliders
from course_lib.figures.outcomes import loss_by_outcome
from course_lib.figures.padding import learning_curves, loss_against_padding
from course_lib.figures.picture import Note, Picture
from course_lib.figures.products import running_product
from course_lib.figures.pushes import pushes_and_changes
from course_lib.figures.sequence_tree import sequence_tree
from course_lib.figures.simplex import simplex
from course_lib.figures.slider import temperature_slider
from course_lib.figures.step_sizes import loss_by_step_size, remainder_by_step_size
from course_lib.figures.steps import example_changes, loss_along_the_step, outcome_changes
from course_lib.figures.tokens import aligned_tokens, predictions, token_grid
from course_lib.figures.training import (
    agreement_and_kl,
    kl_curves,
    reliability_diagram,
    training_curve,
)

__all__ = [
    "Note",
    "Picture",
    "agreement_and_kl",
    "aligned_tokens",
    "chain_of_kls",
    "comparison",
    "contest",
    "descent",
    "estimate_against_draws",
    "example_changes",
    "explained_loss",
    "gradient_norms",
    "kl_curves",
    "learning_curves",
    "loss_against_padding",
    "loss_against_temperature",
    "loss_along_the_step",
    "loss_by_outcome",
    "loss_by_step_size",
    "loss_of_mixtures",
    "model_sliders",
    "outcome_changes",
    "predictions",
    "pushes_and_changes",
    "reliability_diagram",
    "remainder_by_step_size",
    "running_product",
    "sequence_tree",
    "side_by_side",
    "simplex",
    "teacher_and_student",
    "temperature",
    "temperature_slider",
    "token_grid",
    "training_curve",
]
