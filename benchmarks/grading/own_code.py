"""What students' own code costs: their cells alone, executed in a fork of a warm process.

No grader can do with less. The cells' values are shown as a notebook would show them; protected
cells are left out, for a grader's questions are not the student's.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import json
import os
import pkgutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat

from benchmarks.grading.courses import ENVIRONMENT, submission

_MOST = 88  # students whose code is timed, spread over the class


def seconds(course: Path, count: int) -> float:
    """Processor time of a student's own cells: the mean over the class."""
    numbers = range(0, count, max(1, count // _MOST))
    paths = [str(submission(course, f"s{number:05d}")) for number in numbers]
    command = [sys.executable, "-m", "benchmarks.grading.own_code", *paths]
    done = subprocess.run(
        command, check=True, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    times: list[float] = json.loads(done.stdout.splitlines()[-1])
    return sum(times) / len(times)


def main(paths: list[str]) -> None:
    """Print the seconds for each notebook, as JSON."""
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    library = importlib.import_module("course_lib")
    for module in pkgutil.walk_packages(library.__path__, "course_lib."):
        importlib.import_module(module.name)
    for name in ("matplotlib.pyplot", "matplotlib_inline.backend_inline", "ipywidgets"):
        importlib.import_module(name)
    shell = importlib.import_module("IPython.core.interactiveshell").InteractiveShell.instance()
    figure = importlib.import_module("matplotlib.figure").Figure()
    figure.subplots().set_title("$x$")
    figure.savefig(io.BytesIO(), format="png")  # the first one loads fonts
    print(json.dumps([_in_a_fork(path, shell) for path in paths]))


def _in_a_fork(path: str, shell: object) -> float:
    cells = [
        each.source
        for each in nbformat.read(path, as_version=4).cells
        if each.cell_type == "code" and not each.source.startswith("check(")
    ]
    hear, say = os.pipe()
    pid = os.fork()
    if pid == 0:
        with contextlib.redirect_stdout(io.StringIO()):
            os.chdir(Path(path).parent)
            spent = _run(cells, shell)
        os.write(say, str(spent).encode())
        os._exit(0)
    os.close(say)
    with open(hear) as file:
        spent = float(file.read())
    os.waitpid(pid, 0)
    return spent


def _run(cells: list[str], shell: object) -> float:
    names: dict[str, object] = {"__name__": "__main__", "get_ipython": lambda: shell}
    start = time.process_time()
    for source in cells:
        with contextlib.suppress(Exception):
            _cell(shell.transform_cell(source), names, shell)  # type: ignore[attr-defined]
    return time.process_time() - start


def _cell(source: str, names: dict[str, object], shell: object) -> None:
    """Execute a cell and, as a notebook does, show the value of its last line."""
    tree = ast.parse(source)
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        tree.body.pop()
    exec(compile(tree, "cell", "exec"), names)
    if isinstance(last, ast.Expr):
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        if value is not None:
            shell.display_formatter.format(value)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(sys.argv[1:])
