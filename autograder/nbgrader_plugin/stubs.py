"""What stands in place of a solution in the release of a protected assignment."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import ClearSolutions

OURS = "..."
_NBGRADERS = ClearSolutions.class_traits()["code_stub"].default()["python"]


class Stubs(ClearSolutions):
    """Replaces Python solutions by `...` in assignments of the course's registry.

    nbgrader's own stub raises an error, which would stop the untouched notebook at its first
    exercise. A stub that the course has chosen is kept, and so are those of all other assignments.
    """

    code_stub: dict[str, str]

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Clear the notebook's solutions. The converter knows the course."""
        from autograder.course import Course

        course = Course.of(self.parent.parent.coursedir, self.config)
        chosen = self.code_stub.get("python", _NBGRADERS)
        if chosen == _NBGRADERS and resources["nbgrader"]["assignment"] in course.assignments:
            self.code_stub = {**self.code_stub, "python": OURS}
        cleared: tuple[Any, Any] = super().preprocess(nb, resources)
        return cleared
