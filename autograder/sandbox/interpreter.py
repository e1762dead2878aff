"""Where this Python environment stands inside the sandbox.

The interpreter and its packages are shown under names of the sandbox's own, so no traceback in an
output tells where they lie on the grader's machine, and a project folder that contains the
environment is not shown along with it.
"""

from __future__ import annotations

import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

_BASE = Path("/opt/python")  # an interpreter that does not come with the system
_ENVIRONMENT = Path("/opt/env")
_SYSTEM = Path("/usr")


@dataclass(frozen=True)
class Interpreter:
    """How the environment appears inside.

    `shown` maps folders of this machine to where they appear, read-only; `masked` are folders
    inside that are emptied. `config` is a virtual environment's pyvenv.cfg, "" without one.
    """

    executable: Path
    shown: dict[Path, Path]
    links: dict[Path, Path]  # link -> target
    masked: tuple[Path, ...]
    config: str
    library_path: Path | None  # of an interpreter that is a shared library

    @property
    def config_path(self) -> Path:
        return _ENVIRONMENT / "pyvenv.cfg"


def find_interpreter() -> Interpreter:
    """Map the environment of the running interpreter.

    Raises `ValueError` if the executable lies outside its own prefix.
    """
    base = Path(sys.base_prefix).resolve()
    shown_base = base if base.is_relative_to(_SYSTEM) else _BASE
    real = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    executable = shown_base / real.relative_to(base)
    shown = {} if shown_base == base else {base: _BASE}
    links: dict[Path, Path] = {}
    config = ""
    prefix = Path(sys.prefix).resolve()
    if prefix != base:
        shown[prefix / "lib"] = _ENVIRONMENT / "lib"
        links[_ENVIRONMENT / "bin" / "python"] = executable
        links[_ENVIRONMENT / "bin" / "python3"] = executable
        if (prefix / "lib64").is_symlink():
            links[_ENVIRONMENT / "lib64"] = Path("lib")
        config = _relocated_config(prefix / "pyvenv.cfg", executable.parent)
        executable = _ENVIRONMENT / "bin" / "python"
    shared = sysconfig.get_config_var("Py_ENABLE_SHARED") and shown_base == _BASE
    return Interpreter(
        executable,
        shown,
        links,
        tuple(_installed_autograder(shown)),
        config,
        _BASE / "lib" if shared else None,
    )


def _relocated_config(config: Path, home: Path) -> str:
    lines = config.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.split("=")[0].strip().startswith(("include", "version"))]
    return "\n".join([f"home = {home}", *kept, ""])


def _installed_autograder(shown: dict[Path, Path]) -> list[Path]:
    """Where the sandbox would show this package: whence it was imported, and among the packages.

    Both, as an install of another kind may have left files in the one that is not in use.
    """
    packages = {Path(__file__).resolve().parents[1]}
    packages |= {Path(sysconfig.get_path(kind)) / "autograder" for kind in ("purelib", "platlib")}
    found = [
        inside / package.relative_to(outside)
        for package in sorted(packages)
        if package.is_dir()
        for outside, inside in shown.items()
        if package.is_relative_to(outside)
    ]
    return found + [each for each in packages if each.is_relative_to(_SYSTEM) and each.is_dir()]
