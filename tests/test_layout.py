"""The rules of the house, read from the sources: who imports whom, and what no file may name."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

GUEST_HAS = {"IPython", "traitlets", "matplotlib_inline", "numpy", "torch", "course_lib"}


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> set[str]:
    """Everything that a file imports anywhere in it, as full dotted names.

    `from a import b` counts as `a.b`: whether `b` is a module or a name in one is not decided.
    """
    package = path.relative_to(ROOT).parent.parts
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *filter(None, [node.module])))
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


def within(name: str, *modules: str) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def offences(folder: str, *forbidden: str) -> list[str]:
    """'file imports name' for each import in a folder that is within a forbidden module."""
    return [
        f"{relative(path)} imports {name}"
        for path in sources(folder)
        for name in sorted(imported(path))
        if within(name, *forbidden)
    ]


def foreign(folder: str, *allowed: str) -> list[str]:
    """'file imports name' for each import that is neither the standard library's nor allowed."""
    return [
        f"{relative(path)} imports {name}"
        for path in sources(folder)
        for name in sorted(imported(path))
        if not within(name, *sys.stdlib_module_names, *allowed)
    ]


def test_imports_are_found_wherever_and_however_they_are_written(tmp_path: Path, monkeypatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    module = tmp_path / "room" / "inner" / "module.py"
    module.parent.mkdir(parents=True)
    module.write_text(
        "import a.b\nfrom . import c\nfrom ..d import e\ndef f():\n    from g import h as i\n"
    )
    assert imported(module) == {"a.b", "room.inner.c", "room.d.e", "g.h"}


def test_course_lib_never_imports_autograder():
    assert not offences("course_lib", "autograder")


def undeclared(folder: str, project: str) -> list[str]:
    """'file imports name' for each import from a distribution that a pyproject.toml leaves out."""
    lines = tomllib.loads((ROOT / project).read_text(encoding="utf-8"))["project"]["dependencies"]
    declared = {canonicalize_name(Requirement(line).name) for line in lines}
    modules = {
        module
        for module, names in metadata.packages_distributions().items()
        if declared & set(map(canonicalize_name, names))
    }
    return foreign(folder, "course_lib", "autograder", *modules)


def test_course_lib_imports_only_what_is_declared_for_students():
    # Of the GPU's kernels alone, which nobody imports who does not run them.
    optional = "course_lib/losses/triton/kernels.py imports triton"
    found = undeclared("course_lib", "student/pyproject.toml")
    assert not [each for each in found if not each.startswith(optional)]


def test_autograder_imports_only_what_is_declared_for_instructors():
    # The extra `cluster` is asked for by those who have one; only one room knows it.
    optional = re.compile(r"autograder/cluster/\w+\.py imports distributed\.")
    found = undeclared("autograder", "pyproject.toml")
    assert not [each for each in found if not optional.match(each)]


def test_the_guest_imports_only_what_is_inside_the_sandbox():
    # Kernels of other languages alone, which no guest imports that runs Python.
    jupyters = re.compile(
        r"autograder/guest/kernels\.py imports (jupyter_client|nbclient|nbformat)\."
    )
    found = foreign("autograder/guest", "autograder.guest", *GUEST_HAS)
    assert not [each for each in found if not jupyters.match(each)]


def test_the_guest_names_its_own_modules_relatively_as_autograder_is_not_in_the_sandbox():
    absolute = [
        f"{relative(path)}:{node.lineno}"
        for path in sources("autograder/guest")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not getattr(node, "level", 0)
        and "autograder" in ast.unparse(node)
    ]
    assert not absolute


def test_oracles_are_independent_of_torch_and_of_the_course():
    assert not foreign("autograder/oracles", "autograder.oracles", "numpy")


def test_exercises_know_of_oracles_and_of_no_other_room():
    used = {
        name
        for path in sources("autograder/exercises")
        for name in imported(path)
        if within(name, "autograder")
    }
    assert used
    known = ("autograder.exercises", "autograder.oracles", "autograder.errors")
    assert not {name for name in used if not within(name, *known)}


def test_the_judge_runs_no_submission_and_writes_no_grade():
    rooms = ("sandbox", "engine", "nbgrader_plugin", "feedback", "report", "demo", "cli")
    assert not offences("autograder/judge", *(f"autograder.{room}" for room in rooms))


def test_the_sandbox_cannot_leak_what_it_does_not_know():
    secrets = ("exercises", "oracles", "judge", "engine", "course")
    assert not offences("autograder/sandbox", *(f"autograder.{room}" for room in secrets))


def test_only_the_recorder_touches_the_gradebook():
    users = {
        relative(path)
        for path in sources("autograder", "course_lib")
        if any(
            within(name, "nbgrader.api") or name.endswith(".Gradebook") for name in imported(path)
        )
    }
    assert users == {"autograder/engine/record.py", "autograder/engine/gradebook.py"}
    importers = {
        relative(path)
        for path in sources("autograder")
        if any(within(name, "autograder.engine.gradebook") for name in imported(path))
    }
    assert importers == {"autograder/engine/record.py"}


def test_every_module_says_what_it_is_for():
    silent = [
        relative(path)
        for path in sources("course_lib", "autograder")
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree(path))
    ]
    assert not silent


def test_no_module_has_a_name_that_says_nothing():
    empty_words = {"utils", "util", "helpers", "common", "misc", "manager", "base"}
    assert not [
        relative(path) for path in sources("course_lib", "autograder") if path.stem in empty_words
    ]


def test_public_functions_of_course_lib_have_docstrings():
    silent = [
        f"{relative(path)}: {node.name}"
        for path in sources("course_lib")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not path.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


# Written with \x2f for the slash and \x2e for the dot, so that this file names none of them itself.
PLACES = re.compile(
    r"\x2f(?:root|work|Users|opt\x2f(?:pypi|wheels))\x2f"
    r"|\x2fhome\x2f(?!jovyan|student)\w"
    r"|(?:pypi|pythonhosted|debian|npmjs)\x2eorg"
    r"|\x2d-(?:index-url|extra-index-url|find-links)"
)


def project_files() -> Iterator[Path]:
    """Files that are, or are about to be, under version control."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("this copy of the project is not a git repository")
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            yield ROOT / name


def test_no_file_names_a_machine_or_a_registry():
    found = []
    for path in project_files():
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [f"{relative(path)}: {match.group()}" for match in PLACES.finditer(text)]
    assert not found
