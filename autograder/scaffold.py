"""Make a real course folder: `autograder init DIR`."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import UsageError
from autograder.shipped import shipped

if TYPE_CHECKING:
    from autograder.records import Limits

CONFIG = """\
from autograder import configure

c = get_config()  # noqa: F821
configure({settings})
"""

GITIGNORE = """\
# what students handed in, their marks, and the secret behind the hidden cases
/submitted/
/autograded/
/feedback/
/gradebook.db*
/.autograder/
.ipynb_checkpoints/
__pycache__/
"""


def secret_path(root: Path) -> Path:
    return root / ".autograder" / "secret"


def init(root: Path, *, isolation: str = "auto", limits: Limits | None = None) -> Path:
    """Make a course folder, or complete one; nothing that is there already is touched.

    `isolation` and `limits` are what its nbgrader_config.py gives to `configure`. Raises
    `UsageError` if `root` is a file.
    """
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is a file: a course needs a folder, give another name")
    config = CONFIG.format(settings=_settings(isolation, limits))
    parts: dict[str, Callable[[Path], object]] = {
        "nbgrader_config.py": lambda path: path.write_text(config, encoding="utf-8"),
        ".gitignore": lambda path: path.write_text(GITIGNORE, encoding="utf-8"),
        ".autograder/secret": _write_secret,
    }
    for notebooks in sorted(shipped("notebooks").iterdir()):
        if any(notebooks.glob("*.ipynb")):
            parts[f"source/{notebooks.name}"] = _copier(notebooks)
    for name, make in parts.items():
        _make(root / name, make)
    return root


def _settings(isolation: str, limits: Limits | None) -> str:
    """The arguments of `configure`: what differs from its defaults."""
    settings = ["c"]
    if isolation != "auto":
        settings.append(f"isolation={isolation!r}")
    if limits is not None:
        default = asdict(type(limits)())
        changed = {name: value for name, value in asdict(limits).items() if value != default[name]}
        settings.append(f"limits={changed!r}")
    return ", ".join(settings)


def _make(path: Path, make: Callable[[Path], object]) -> None:
    if not os.path.lexists(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        make(path)


def _write_secret(path: Path) -> None:
    """32 random bytes in hexadecimal, for the owner's eyes alone from the first moment."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32) + "\n")


def _copier(source: Path) -> Callable[[Path], object]:
    ignored = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
    return lambda path: shutil.copytree(source, path, ignore=ignored)
