"""What students install: notation, losses, figures, questions and self-checks of the course."""

from course_lib.checks.check import check, hint
from course_lib.colab import setup
from course_lib.progress import progress
from course_lib.questions import answered, explain, question

__version__ = "0.1.0"

__all__ = ["answered", "check", "explain", "figures", "hint", "progress", "question", "setup"]
