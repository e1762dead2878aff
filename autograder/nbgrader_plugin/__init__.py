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
    isolation: Literal["auto", "namespaces", "other-user", "landlock", "none"] = "auto",
    jobs: int | None = None,
    exercises: str | None = "autograder.exercises",
    limits: Mapping[str, float] | None = None,
    stderr_fails: bool = False,
    gpu: bool = False,
) -> None:
    """Set what release and grading need in nbgrader's configuration `c`; keep all that is set.

    `isolation` says how students' code is to be fenced in, `jobs` how many submissions are graded
    at once (None: as the machine allows), `exercises` the module whose `ASSIGNMENTS` holds the
    registry of protected exercises (None: all cells are graded as nbgrader defines it), `limits`
    what a submission may use, by the names of `autograder.records.Limits`, `stderr_fails` whether
    a classic test that writes to stderr (a warning, say) scores 0, as it does in stock nbgrader,
    `gpu` whether notebooks may use the machine's NVIDIA GPUs.

    Nothing is checked here but when the course is graded: nbgrader goes on without a configuration
    file that fails, and would then run students' code without any isolation.
    """
    from autograder.nbgrader_plugin.autograde import install

    section = c[SECTION]
    section.isolation = isolation
    section.jobs = jobs
    section.exercises = exercises
    section.limits = dict(limits or {})
    section.stderr_fails = stderr_fails
    section.gpu = gpu
    _keep_release_runnable(c)
    _clean_pages(c)
    _tell_ideas(c)
    install()


def _clean_pages(c: Any) -> None:
    """Let no script of a student's notebook into the pages of feedback and formgrader."""
    c.HTMLExporter.sanitize_html = True
    filters = {"clean_html": "clean_html", "markdown2html": "clean_markdown"}
    places = {name: f"autograder.feedback.sanitize.{ours}" for name, ours in filters.items()}
    c.HTMLExporter.filters.update(places)


def _tell_ideas(c: Any) -> None:
    """End each feedback page with the wrong ideas that a student's answers showed."""
    from nbgrader.converters import GenerateFeedback

    from autograder.nbgrader_plugin.ideas import Ideas

    given = _steps(c, GenerateFeedback)
    c.GenerateFeedback.preprocessors = [*(each for each in given if each is not Ideas), Ideas]


def _keep_release_runnable(c: Any) -> None:
    """Let releases of protected assignments run from top to bottom before anything is written."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.preprocessors import ClearSolutions
    from traitlets.config.loader import LazyConfigValue

    from autograder.nbgrader_plugin.stubs import Stubs

    given = c.ClearSolutions.get("code_stub")
    if isinstance(given, LazyConfigValue):  # code_stub.update(...), which nbgrader fails at
        default = ClearSolutions.class_traits()["code_stub"].default()
        c.ClearSolutions.code_stub = given.get_value(default)

    steps = _steps(c, GenerateAssignment)
    ours = [Stubs if each is ClearSolutions else each for each in steps]
    c.GenerateAssignment.preprocessors = ours


def _steps(c: Any, converter: Any) -> list[Any]:
    """The preprocessors of a converter, as the course has them so far."""
    from traitlets.config.loader import LazyConfigValue

    default = converter.class_traits()["preprocessors"].default()
    given = c[converter.__name__].get("preprocessors", default)
    if isinstance(given, LazyConfigValue):  # the course wrote preprocessors.append(...)
        given = given.get_value(default)
    return list(given)
