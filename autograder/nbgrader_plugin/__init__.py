"""One line in a course's `nbgrader_config.py` makes nbgrader grade with this package's engine.

>>> from traitlets.config import Config
>>> c = Config()
>>> configure(c, isolation="namespaces")
>>> c.CourseAutograder.isolation
'namespaces'
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from autograder.nbgrader_plugin.section import SECTION


def configure(
    c: Any,
    *,
    isolation: Literal["auto", "namespaces", "none"] = "auto",
    jobs: int | None = None,
    exercises: str | None = "autograder.exercises",
    limits: Mapping[str, float] | None = None,
) -> None:
    """Set what release and grading need in nbgrader's configuration `c`; keep all that is set.

    `isolation` says how students' code is to be fenced in, `jobs` how many submissions are graded
    at once (None: as the machine allows), `exercises` the module whose `ASSIGNMENTS` holds the
    registry of protected exercises (None: all cells are graded as nbgrader defines it), `limits`
    what a submission may use, by the names of `autograder.records.Limits`.

    Nothing is checked here but when the course is graded: nbgrader goes on without a configuration
    file that fails, and would then run students' code without any isolation.
    """
    from autograder.nbgrader_plugin.autograde import install

    section = c[SECTION]
    section.isolation = isolation
    section.jobs = jobs
    section.exercises = exercises
    section.limits = dict(limits or {})
    _keep_release_runnable(c)
    _clean_pages(c)
    _tell_ideas(c)
    install()


def _clean_pages(c: Any) -> None:
    """Let no script of a student's notebook into the pages of feedback and formgrader."""
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters.update({"clean_html": "autograder.feedback.sanitize.clean_html"})


def _tell_ideas(c: Any) -> None:
    """End each feedback page with the wrong ideas that a student's answers showed."""
    from nbgrader.converters import GenerateFeedback
    from traitlets.config.loader import LazyConfigValue

    from autograder.nbgrader_plugin.ideas import Ideas

    default = GenerateFeedback.class_traits()["preprocessors"].default()
    given = c.GenerateFeedback.get("preprocessors", default)
    if isinstance(given, LazyConfigValue):  # the course wrote preprocessors.append(...)
        given = given.get_value(default)
    others = [each for each in given if each is not Ideas]
    c.GenerateFeedback.preprocessors = [*others, Ideas]


def _keep_release_runnable(c: Any) -> None:
    """Replace solutions by `...`, unless the course has a stub of its own.

    nbgrader's stub raises an error, which would stop the untouched notebook at its first exercise.
    """
    from nbgrader.preprocessors import ClearSolutions
    from traitlets.config.loader import LazyConfigValue

    default = ClearSolutions.class_traits()["code_stub"].default()
    ours = {**default, "python": "..."}
    given = c.ClearSolutions.get("code_stub", {})
    if isinstance(given, LazyConfigValue):  # the course wrote code_stub.update(...)
        c.ClearSolutions.code_stub = given.get_value(ours)
    elif isinstance(given, Mapping):
        c.ClearSolutions.code_stub = {**ours, **given}
