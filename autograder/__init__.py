"""What instructors install: exercises, sandbox, engine, nbgrader plugin, feedback and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.nbgrader_plugin import configure

__all__ = ["configure"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load `configure` when it is asked for: every nbgrader command reads a course's config."""
    if name == "configure":
        from autograder.nbgrader_plugin import configure

        return configure
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
