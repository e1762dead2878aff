"""Questions in a notebook: shown by one cell, answered in the source of the next.

An answer is a plain assignment such as `answer_why_t_squared = "B"`, so that every editor keeps it.
What is shipped with a graded question is its text; its key stays with the grader. A formative
question, which pays nothing or pays for a prediction, explains each answer at once.
"""

from course_lib.questions.explanations import Explanation, explain
from course_lib.questions.forms import AnswerForm, answered
from course_lib.questions.texts import FOLDER, Question, question

__all__ = ["FOLDER", "AnswerForm", "Explanation", "Question", "answered", "explain", "question"]
