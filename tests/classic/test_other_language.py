"""A course in another language than Python gets the same marks from stock nbgrader and ours."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

TOY = Path(__file__).resolve().parents[1] / "toy_kernel.py"
LANGUAGES = "c.ClearSolutions.code_stub = {'python': 'pass', 'toy': 'set x nothing'}"


@pytest.fixture(scope="module")
def released(new_course, code, tmp_path_factory, isolation):
    if isolation in ("other-user", "landlock"):
        pytest.skip("a kernel needs namespaces, or no isolation")
    folder = tmp_path_factory.mktemp("jupyter")
    kernel = folder / "kernels" / "toy"
    kernel.mkdir(parents=True)
    shutil.copy(TOY, kernel)
    argv = [sys.executable, "{resource_dir}/toy_kernel.py", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Toy", "language": "toy"}
    (kernel / "kernel.json").write_text(json.dumps(spec))
    course = new_course()
    course.settings, course.kernel, course.language = LANGUAGES, "toy", "toy"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        course.source({"words": words(code)})
        course.release()
        yield course


def words(code):
    test = {"grade": True, "locked": True}
    solved = "### BEGIN SOLUTION\nset x 3\n### END SOLUTION"
    yield code("set y 1\nsay begun")
    yield code(solved, "set_x", solution=True)
    hidden = "expect y 1\n### BEGIN HIDDEN TESTS\nexpect x 3\n### END HIDDEN TESTS"
    yield code(hidden, "test_x", points=2, **test)
    yield code("result 1.5", "partial", points=3, **test)
    yield code("expect z 4", "test_z", points=1, **test)
    by_hand = {"grade": True, "solution": True}
    yield code("### BEGIN SOLUTION\nsay so\n### END SOLUTION", "by_hand", points=1, **by_hand)


def python(notebook):
    notebook.metadata.kernelspec = {"name": "python3", "language": "python", "display_name": "P"}


def test_marks_are_stock_nbgraders(released, write, tmp_path):
    released.hand_in("right", {"words": write(set_x="set x 3\nset z 4", by_hand="say much")})
    released.hand_in("wrong", {"words": write(set_x="set x 4", by_hand="unknown words")})
    released.hand_in("untouched")
    released.hand_in("fails", {"words": write(set_x="nothing here is a word")})
    ours, stock = released.ours(), released.copy(tmp_path / "stock").stock("--force")
    assert ours == stock
    assert {name: marks.total for name, marks in ours.items()} == {
        "right": 2 + 1.5 + 1,
        "wrong": 1.5,
        "untouched": 1.5,
        "fails": 1.5,
    }


def test_the_release_says_the_language_whatever_the_students_file_says(released, write):
    answer = write(set_x="set x 3")

    def change(notebook):
        answer(notebook)
        python(notebook)

    released.hand_in("turned", {"words": change})
    (result,) = released.results(students=["turned"])
    assert result.points == 2 + 1.5
    (notebook,) = result.notebooks
    assert notebook.notebook.metadata.kernelspec.name == "toy"
    assert [each.kind for each in notebook.verdict.problems] == ["language"]


def test_without_the_kernel_a_submission_is_recorded_and_says_why(released, tmp_path, monkeypatch):
    course = released.copy(tmp_path / "elsewhere")
    course.hand_in("al")
    monkeypatch.delenv("JUPYTER_PATH")
    (result,) = course.results(students=["al"], force=True)
    assert result.points == 0
    (problem,) = result.notebooks[0].verdict.problems
    assert "names the kernel 'toy', which is not installed here" in problem.says
    assert course.marks()["al"].of("by_hand") in (None, 0.0)
    assert course.marks()["al"].of("test_x") == 0.0
