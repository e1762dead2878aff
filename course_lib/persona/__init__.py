"""The weather-persona language: small enough to learn in seconds, and its truth is known."""

from course_lib.persona.examples import Examples, PersonaBatches, RuleBatches
from course_lib.persona.floor import measured_floor
from course_lib.persona.language import Language
from course_lib.persona.teacher import new_student, train_teacher
from course_lib.persona.truth import Truth

__all__ = [
    "Examples",
    "Language",
    "PersonaBatches",
    "RuleBatches",
    "Truth",
    "measured_floor",
    "new_student",
    "train_teacher",
]
