"""Figures that can be read: in colour, in print, and aloud.

Each function returns a `Picture`, which a notebook shows with alternative text made from the same
numbers as the drawing. Colours are Okabe and Ito's, and never the only sign.
"""

from course_lib.figures.comparison import comparison
from course_lib.figures.curves import gradient_norms, loss_against_temperature
from course_lib.figures.distributions import teacher_and_student, temperature
from course_lib.figures.mixtures import loss_of_mixtures
from course_lib.figures.model_sliders import contest, model_sliders
from course_lib.figures.outcomes import loss_by_outcome
from course_lib.figures.picture import Note, Picture
from course_lib.figures.simplex import simplex
from course_lib.figures.slider import temperature_slider

__all__ = [
    "Note",
    "Picture",
    "comparison",
    "contest",
    "gradient_norms",
    "loss_against_temperature",
    "loss_by_outcome",
    "loss_of_mixtures",
    "model_sliders",
    "simplex",
    "teacher_and_student",
    "temperature",
    "temperature_slider",
]
