"""What the instructors' wheel carries besides its packages: source notebooks, the students' build.

An editable install finds them in the repository. It must not copy them: a folder of notebooks with
solutions among the installed packages would lie where students' code can look.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = {
    "notebooks": "autograder/shipped/notebooks",
    "student/pyproject.toml": "autograder/shipped/student/pyproject.toml",
}


class ShippedFiles(BuildHookInterface):
    """Add the files to a standard wheel only."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before a wheel is built; `version` is "standard" or "editable"."""
        if version == "standard":
            build_data["force_include"].update(SHIPPED)
