"""Settings of nbgrader's autograding that our engine does not heed, and what it does instead."""

from __future__ import annotations

from collections.abc import Iterator

from traitlets.config import Config

_UNHEEDED = {
    "Autograde.sanitize_preprocessors": "submissions are rebuilt on the release instead",
    "Autograde.autograde_preprocessors": "the engine runs and scores notebooks itself",
    "Execute.enabled": "notebooks are always run: saved outputs are never graded (--no-execute)",
    "Execute.kernel_manager_class": "notebooks run in the sandbox's own process",
    "Execute.kernel_name": "notebooks run in the grader's environment, or in that of their kernel",
    "Execute.extra_arguments": "notebooks run in the sandbox's own process",
    "LimitOutput.max_lines": "configure(c, limits={'output_bytes_per_cell': ...}) limits outputs",
    "IgnorePattern.pattern": "what a cell writes to stderr costs nothing: see stderr_fails",
}


def unheeded(config: Config) -> Iterator[str]:
    """A line for each setting of the course that makes no difference any more."""
    for name, instead in _UNHEEDED.items():
        section, trait = name.split(".")
        if section in config and trait in config[section]:
            yield f"{name} is not heeded: {instead}"
