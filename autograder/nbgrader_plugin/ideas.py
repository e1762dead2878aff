"""The last section of a feedback page, for nbgrader's `GenerateFeedback`."""

from __future__ import annotations

from typing import Any

from nbformat.v4 import new_markdown_cell
from nbgrader.preprocessors import NbGraderPreprocessor


class Ideas(NbGraderPreprocessor):
    """Adds a cell on the wrong ideas that the student's answers showed, up to this assignment.

    Every command of nbgrader loads this module with the course's configuration; what is heavy is
    imported when a page is made.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Append the cell, unless there is nothing to say. The converter knows the course."""
        from autograder.course import Course
        from autograder.feedback.ideas import section

        course = Course.of(self.parent.parent.coursedir, self.config)
        page = resources["nbgrader"]
        if text := section(course, page["student"], page["assignment"]):
            nb.cells.append(new_markdown_cell(text))
        return nb, resources
