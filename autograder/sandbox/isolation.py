"""How a student's process is kept apart from everything else, and what is to run there."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from autograder.errors import UsageError
from autograder.guest import linux
from autograder.sandbox.equipment import NOTHING, Equipment

Rung: TypeAlias = Literal["namespaces", "other-user", "landlock", "none"]


@dataclass(frozen=True)
class Isolation:
    """A rung that was found to work here. `says` is a sentence for reports.

    `bwrap` is bubblewrap's program, for the rung of namespaces.
    """

    name: Rung
    says: str
    bwrap: Path | None = None

    @property
    def forks(self) -> bool:
        """Whether guests can be forked from a warm parent: Linux 5.4 and later, known machines."""
        return linux.known() and hasattr(os, "pidfd_open")

    @property
    def makes_folders(self) -> bool:
        """Whether a guest finds its own empty folders, which nobody needs to remove."""
        return self.name == "namespaces"

    @property
    def counts_processes(self) -> bool:
        """Whether a limit on processes counts the guest's alone, not all of the account's.

        True of a user of its own, and in a user namespace since Linux 5.14.
        """
        if self.name == "other-user":
            return True
        version = tuple(int(part) for part in re.findall(r"\d+", platform.release())[:2])
        return self.name == "namespaces" and version >= (5, 14)


NO_ISOLATION = Isolation(
    "none",
    "No isolation: students' code ran with all rights of the account that graded it.",
)


@dataclass(frozen=True)
class Program:
    """A Python program for the sandbox, `python -c code ROOT arguments...`.

    ROOT is where the program finds `folders`, each under its name and for reading only.
    `descriptors` stay open in it under the same numbers; no other does, but the standard three.
    `equipment` is what it finds besides.
    """

    code: str
    arguments: tuple[str, ...] = ()
    folders: Mapping[str, Path] = field(default_factory=dict)
    descriptors: tuple[int, ...] = ()
    equipment: Equipment = NOTHING


class SandboxUnavailable(UsageError):
    """No rung that was asked for works on this machine; says what was tried and what to do."""
