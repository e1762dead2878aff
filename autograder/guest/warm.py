"""Make a process ready to run notebooks: all that takes time and is the same for every guest."""

from __future__ import annotations

import contextlib
import functools
import importlib
import inspect
import io
import os
import pkgutil
import socket
import sys
from functools import partial
from pathlib import Path
from typing import Any

import torch

import course_lib

from .files import copy_files
from .main import begin
from .parent import serve
from .shell import GuestShell, make_shell
from .walls import move_in

# What notebooks import, and torch on its first optimiser; not all are there everywhere.
_IMPORTS = (
    *("matplotlib.pyplot", "matplotlib_inline.backend_inline", "ipywidgets"),
    *("sympy", "torch._dynamo", "pandas", "scipy.stats"),
)


def main(root: str, control: int) -> None:
    """Fork guests for the grader at the other end of the descriptor `control`."""
    line = socket.socket(fileno=control)
    room = move_in(line)
    shell = prepare(root)
    serve(line, room, partial(begin, shell))


def run_alone(root: str, line: int) -> None:
    """Run one notebook in this process, where none can be forked."""
    shell = prepare(root)
    files = os.path.join(root, "files")
    left_out: list[str] = []
    if os.path.isdir(files):
        left_out = copy_files(os.open(files, os.O_RDONLY), Path.cwd())
    begin(shell, line, left_out)()


def prepare(root: str) -> GuestShell:
    """Import what notebooks need, and make a shell. `root` is where the sandbox shows folders."""
    torch.set_num_threads(1)  # OpenMP's threads do not survive a fork, and waiting for them hangs
    shell = make_shell()
    for module in pkgutil.walk_packages(course_lib.__path__, "course_lib."):
        _import(module.name)
    for name in _IMPORTS:
        _import(name)
    _draw_once()
    _raise_once(shell)
    shell.library = frozenset(sys.modules) - {"__main__"}  # which is the notebook
    sys.path.remove(root)
    sys.path.insert(0, "")  # a notebook imports what lies beside it; the guest has all it needs
    sys.argv = [""]
    return shell


def _import(name: str) -> None:
    with contextlib.suppress(Exception):
        importlib.import_module(name)


def _draw_once() -> None:
    """Draw a figure for nobody: the first one loads fonts and takes ten times as long.

    The first choice of a backend looks through all packages that are installed.
    """
    with contextlib.suppress(Exception):
        importlib.import_module("matplotlib.backends").backend_registry.list_all()
        figure = importlib.import_module("matplotlib.figure").Figure()
        figure.subplots().set_title("$x$")
        figure.savefig(io.BytesIO(), format="png")


def _raise_once(shell: GuestShell) -> None:
    """Format a traceback for nobody: the first one parses torch's files and compiles patterns.

    A look for the module of what is in none looks at all modules, and remembers their files.
    """
    inspect.getmodule(compile("", "in no file", "exec"))
    _write_patterns_once()
    try:
        torch.nn.functional.cross_entropy(torch.zeros(2, 3), torch.zeros(5, dtype=torch.int64))
    except ValueError:
        with contextlib.suppress(Exception):
            shell.InteractiveTB.structured_traceback(*sys.exc_info())


def _write_patterns_once() -> None:
    """Let Pygments keep the patterns of a language's words.

    They belong to the language, but it makes them anew for each lexer, and tracebacks are coloured
    by a new lexer for each frame: a third of what a failing cell takes.
    """
    with contextlib.suppress(Exception):
        words: Any = importlib.import_module("pygments.lexer").words
        words.get = functools.cache(words.get)
