"""Honest and wrong work in a course of plain nbgrader cells gets the same marks from both."""

from __future__ import annotations

from datetime import datetime

import nbformat
import pytest

# What answers say in each notebook if they are right.
MEAN = "def mean(numbers):\n    return sum(numbers) / len(numbers)"
NORM = "def norm(numbers):\n    return math.sqrt(sum(x * x for x in numbers))"
TOTAL = "def total():\n    return sum(rows)"
SAVE = "def save(path, number):\n    with open(path, 'w') as file:\n        file.write(str(number))"
LATE = "2026-03-02 00:00:00 UTC"


@pytest.fixture(scope="module")
def released(new_course, code, text):
    course = new_course()
    course.settings = "c.LateSubmissionPlugin.penalty_method = 'zero'"
    course.source(
        {"functions": functions(code), "words": words(code, text), "data": data(code)},
        numbers_txt="1 2 3 4",
    )
    course.release()
    with course.gradebook() as book:
        book.update_or_create_assignment("ps1", duedate=datetime(2026, 3, 1))
    return course


def solution(source):
    head, _, body = source.partition("\n")
    return f"{head}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"


def functions(code):
    """Asserts with hidden tests, and partial credit."""
    test = {"grade": True, "locked": True}
    yield code("import math\nimport random\nrandom.seed(1)")
    yield code(solution(MEAN), "mean", solution=True)
    yield code(
        "assert mean([1, 2, 3]) == 2\n### BEGIN HIDDEN TESTS\nassert mean([1]) == 1\n"
        "assert mean([-1, 1]) == 0\n### END HIDDEN TESTS",
        "test_mean", points=2, **test,
    )  # fmt: skip
    yield code(solution(NORM), "norm", solution=True)
    yield code(
        "score = 0\nif norm([3, 4]) == 5:\n    score += 1.5\n"
        "if norm([]) == 0:\n    score += 0.5\nif norm([-1]) == 1:\n    score += 1\nscore",
        "test_norm", points=3, **test,
    )  # fmt: skip
    yield code("try:\n    mean([])\nexcept ZeroDivisionError:\n    pass", "t3", points=1, **test)


def words(code, text):
    """What people read: an essay, code, and a task."""
    manual = {"grade": True, "solution": True}
    yield text("Why?", "essay", points=4, **manual)
    yield code("### BEGIN SOLUTION\nprint(1)\n### END SOLUTION", "by_hand", points=2, **manual)
    yield text("Explore.", "explore", task=True, locked=True, points=5)
    yield code("made = 3\n'shown'", "set_up", locked=True)
    yield code("assert made == 3\n'a result that is no number'", "t", grade=True, points=1)


def data(code):
    """A file of the assignment, a file of the notebook's own, magics, and an async cell."""
    test = {"grade": True, "locked": True}
    yield code("%matplotlib inline\nrows = [int(x) for x in open('numbers.txt').read().split()]")
    yield code(solution(TOTAL), "total", solution=True)
    yield code("%%time\nassert total() == 10", "test_total", points=2, **test)
    yield code(
        "import asyncio\nassert await asyncio.sleep(0, total()) == 10", "t2", points=1, **test
    )
    yield code(solution(SAVE), "save", solution=True)
    yield code(
        "save('made.txt', total())\nassert open('made.txt').read() == '10'",
        "test_save", points=1.5, **test,
    )  # fmt: skip


def a_cell(source):
    """Adds a cell of the student's own at the top."""
    return lambda notebook: notebook.cells.insert(0, nbformat.v4.new_code_cell(source))


def both(*changes):
    return lambda notebook: [change(notebook) for change in changes]


@pytest.fixture(scope="module")
def students(write):
    """Students by name: changes of each notebook, and what else is special about them."""
    right = {
        "functions": write(mean=MEAN, norm=NORM),
        "words": write(essay="Because.", by_hand="print(2)"),
        "data": write(total=TOTAL, save=SAVE),
    }
    wrong = write(mean="def mean(n):\n    return n[0]", norm="def norm(n):\n    return 5")
    half = write(mean=MEAN, norm="def norm(n):\n    return abs(sum(n))")
    helper = both(a_cell("def add(a, b):\n    return a + b"), write(
        mean="import functools\ndef mean(n):\n    return functools.reduce(add, n, 0) / len(n)",
        norm=NORM,
    ))  # fmt: skip
    return {
        "right": (right, {}),
        "untouched": ({}, {}),
        "wrong": (right | {"functions": wrong}, {}),
        "half": (right | {"functions": half}, {}),
        "helper": (right | {"functions": helper}, {}),
        "raises": ({"functions": both(a_cell("1 / 0"), write(norm=NORM))}, {}),
        "no_python": ({"functions": write(mean="def mean(n:\n    returned n", norm=NORM)}, {}),
        "loops": (right | {"functions": write(mean="while True:\n    pass", norm=NORM)}, {}),
        "prints": (right | {"data": both(a_cell("print('x\\n' * 5000)"), right["data"])}, {}),
        "forgetful": (right, {"without": ["words.ipynb"]}),
        "late": (right, {"timestamp": LATE}),
        "in_time": (right, {"timestamp": "2026-02-28 00:00:00 UTC"}),
    }


@pytest.fixture(scope="module")
def handed_in(released, students):
    for name, (changes, more) in students.items():
        released.hand_in(name, changes, **more)
    return released


@pytest.fixture(scope="module")
def ours(handed_in, tmp_path_factory):
    return handed_in.copy(tmp_path_factory.mktemp("ours") / "course").ours()


MOST = 2 + 3 + 1 + 1 + 2 + 1 + 1.5  # without what a reader gives


@pytest.mark.parametrize(
    ("student", "points"),
    [
        ("right", MOST), ("late", MOST), ("prints", MOST), ("helper", MOST), ("in_time", MOST),
        ("untouched", 1), ("wrong", MOST - 2 - 1.5 - 1), ("half", MOST - 1.5),
        ("forgetful", MOST - 1), ("raises", 1 + 3), ("no_python", 1 + 3), ("loops", MOST - 3),
    ],
)  # fmt: skip
def test_everybody_gets_what_the_tests_say(ours, student, points):
    assert ours[student].total == points


def test_words_wait_for_a_reader_and_untouched_ones_do_not(ours):
    waiting = {name for (_, name), (score, _) in ours["right"].scores.items() if score is None}
    assert waiting == {"essay", "by_hand", "explore"}
    assert ours["untouched"].scores["words", "essay"] == (0.0, False)
    assert ours["untouched"].comments["words", "essay"] == "No response."


def test_being_late_costs_everything_where_the_course_says_so(ours):
    assert set(ours["in_time"].penalties.values()) == {None}
    assert sum(ours["late"].penalties.values()) == MOST


@pytest.mark.long  # stock nbgrader starts a kernel for each of 35 notebooks
def test_stock_nbgrader_gives_the_same_marks_comments_and_penalties(
    handed_in, ours, students, tmp_path_factory
):
    stock = handed_in.copy(tmp_path_factory.mktemp("stock") / "course").stock()
    assert stock.keys() == ours.keys() == students.keys()
    for student in students:
        assert ours[student].scores == stock[student].scores, student
        assert ours[student].penalties == stock[student].penalties, student
        if student != "forgetful":  # we say that a notebook is missing
            assert ours[student].comments == stock[student].comments, student
