"""Setting up a session: quick to import, safe to repeat, and plain about what it found."""

from __future__ import annotations

import subprocess
import sys
import types

import torch

import course_lib
from course_lib import setup


def test_it_says_what_it_found_and_can_be_run_again(capsys):
    setup()
    first = capsys.readouterr().out
    setup()
    assert capsys.readouterr().out == first
    assert f"torch {torch.__version__}" in first
    assert first.endswith("Setup complete\n")
    assert torch.get_num_threads() == 1


def test_it_knows_colab_and_a_gpu(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "Tesla T4")
    setup()
    assert "GPU (Tesla T4), Colab" in capsys.readouterr().out


def test_importing_the_library_loads_nothing_that_draws():
    code = (
        "import sys, course_lib; print(*{'matplotlib', 'ipywidgets', 'IPython'} & {*sys.modules})"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == ""


def test_every_public_name_is_there():
    scope: dict[str, object] = {}
    exec("from course_lib import *", scope)
    assert set(course_lib.__all__) <= scope.keys()
