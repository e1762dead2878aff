"""The instructors' wheel: source notebooks come along, but never into an editable install."""

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def contents(tmp_path_factory):
    """Builds the wheel as "standard" or "editable", and lists its files."""

    def build(version: str) -> set[str]:
        folder = tmp_path_factory.mktemp(version)
        (wheel,) = WheelBuilder(str(PROJECT)).build(directory=str(folder), versions=[version])
        with zipfile.ZipFile(wheel) as file:
            return set(file.namelist())

    return build


def test_a_wheel_carries_what_init_and_release_need(contents):
    names = contents("standard")
    for notebook in PROJECT.glob("notebooks/*/*.ipynb"):
        assert f"autograder/shipped/{notebook.relative_to(PROJECT).as_posix()}" in names
    assert "autograder/shipped/student/pyproject.toml" in names
    assert any(name.startswith("course_lib/data/") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_an_editable_install_holds_no_notebook(contents):
    assert not any("shipped" in name or name.endswith(".ipynb") for name in contents("editable"))
