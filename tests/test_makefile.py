"""The set-up finds a Python that will do, or says what is wrong and what to do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def make(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))
    }
    if path is not None:
        environment["PATH"] = path
    return subprocess.run(
        [str(shutil.which("make")), *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def stand_in(path: Path, *, refuses: str) -> Path:
    """A Python that fails whenever `refuses` is in its arguments."""
    path.write_text(
        f'#!/bin/sh\ncase "$*" in *{refuses}*) exit 1;; esac\nexec "{sys.executable}" "$@"\n'
    )
    path.chmod(0o755)
    return path


def test_help_comes_unasked_and_lists_every_command():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    listed = {line.split()[0] for line in make().stdout.splitlines() if line.startswith("  ")}
    assert listed == set(phony.split())


def test_no_suitable_python_is_an_error_that_says_how_to_name_one(tmp_path: Path):
    python = stand_in(tmp_path / "python", refuses="version_info")
    done = make(f"{tmp_path}/venv/bin/python", f"VENV={tmp_path}/venv", f"PYTHON={python}")
    assert done.returncode == 2
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr
    assert "PYTHON=/path/to/python3.12" in done.stderr


def test_a_python_without_venv_is_an_error_that_names_the_package(tmp_path: Path):
    python = stand_in(tmp_path / "python", refuses="ensurepip")
    done = make(f"{tmp_path}/venv/bin/python", f"VENV={tmp_path}/venv", f"PYTHON={python}")
    assert done.returncode == 2
    assert "apt install python3-venv" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_a_python_that_will_do_is_found_behind_one_that_will_not(tmp_path: Path):
    stand_in(tmp_path / "python3", refuses="version_info")
    stand_in(tmp_path / "python3.12", refuses="nothing")
    tools = ":".join({str(Path(shutil.which(each) or "").parent) for each in ("sh", "rm")})
    done = make(
        f"{tmp_path}/venv/bin/python",
        *(f"VENV={tmp_path}/venv", "CANDIDATES=python3 python3.12"),
        path=f"{tmp_path}:{tools}",
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "venv" / "bin" / "pip").exists()
