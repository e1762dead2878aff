"""Training that explains itself: runs to be watched, stopped, resumed; steps put into words.

distill(student, teacher, batches, optimizer, Plan(steps=300))
interpret_step(student, teacher, batch, optimizer, train_step)
"""

from course_lib.training.answers import Batch, answer_logits
from course_lib.training.distillation import distill
from course_lib.training.fitting import fit
from course_lib.training.interpret import interpret_step
from course_lib.training.named import named
from course_lib.training.plan import Plan
from course_lib.training.rounds import Unfinished, train_in_rounds
from course_lib.training.run import Mark, Run
from course_lib.training.scores import Exam, Scores, reliability, score
from course_lib.training.step import gradient_step
from course_lib.training.step_report import StepReport
from course_lib.training.targets import lesson
from course_lib.training.watching import watching

__all__ = [
    "Batch",
    "Exam",
    "Mark",
    "Plan",
    "Run",
    "Scores",
    "StepReport",
    "Unfinished",
    "answer_logits",
    "distill",
    "fit",
    "gradient_step",
    "interpret_step",
    "lesson",
    "named",
    "reliability",
    "score",
    "train_in_rounds",
    "watching",
]
