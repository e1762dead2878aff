"""What runs is the student's notebook; what the course vouches for is the release's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum, determine_grade

from autograder.records import Match, Problem, Rebuilt, Submission
from autograder.submission.rebuild import rebuild
from autograder.submission.release_notebook import Release

KD_LOSS = '# @answer kd_loss\ndef kd_loss(z):\n    """The distillation loss of one row."""\n    ...'
KD_GRAD = '# @answer kd_grad\ndef kd_grad(z):\n    """The gradient, in closed form."""\n    ...'
WHY = "# @answer why\nanswer_why = None"
TWO = "<!-- @answer two -->\n\n*Your answer here.*"
HIDDEN = "check(kd_grad)\n### BEGIN HIDDEN TESTS\nassert kd_grad(2) == 4\n### END HIDDEN TESTS"

SOLVED_LOSS = KD_LOSS.replace("...", "return z + 1")
SOLVED_GRAD = KD_GRAD.replace("...", "return 2 * z")
SOLVED_WHY = WHY.replace("None", "'B'")
SOLVED_TWO = TWO.replace("*Your answer here.*", "The second, because its loss is smaller.")
SOLUTIONS = {"kd_loss": SOLVED_LOSS, "kd_grad": SOLVED_GRAD, "why": SOLVED_WHY, "two": SOLVED_TWO}
LOCKED = {"setup": "import math", "check_kd_loss": "check(kd_loss)", "check_kd_grad": HIDDEN}


def graded(cell: NotebookNode, grade_id: str, points: float | None = None, **flags: bool) -> Any:
    settings = {"schema_version": 3, "grade": False, "solution": False, "locked": False}
    cell.metadata.nbgrader = settings | {"task": False, "grade_id": grade_id} | flags
    cell.metadata.nbgrader.cell_type = cell.cell_type
    if points is not None:
        cell.metadata.nbgrader |= {"grade": True, "points": points}
    cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    return cell


def make_release() -> Release:
    notebook = new_notebook(
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
        cells=[
            new_markdown_cell("# Distillation"),
            graded(new_code_cell(LOCKED["setup"]), "setup", locked=True),
            new_markdown_cell("Write the loss."),
            graded(new_code_cell(KD_LOSS), "kd_loss", solution=True),
            graded(new_code_cell("check(kd_loss)"), "check_kd_loss", 6, locked=True),
            new_code_cell('question("why")', metadata={"jupyter": {"source_hidden": True}}),
            graded(new_code_cell(WHY), "why", 1, solution=True),
            graded(new_code_cell(KD_GRAD), "kd_grad", solution=True),
            graded(new_code_cell("check(kd_grad)"), "check_kd_grad", 4, locked=True),
            new_markdown_cell("Two models, and their losses: which is the better one?"),
            graded(new_markdown_cell(TWO), "two", 3, solution=True),
            new_markdown_cell("That was all."),
        ],
    )
    return Release(notebook, {"check_kd_grad": HIDDEN})


RELEASE = make_release()
ANSWERS = [each.grade_id for each in RELEASE.answers]


def solved() -> NotebookNode:
    """A student's notebook, every answer given, as Jupyter would save it."""
    notebook = deepcopy(RELEASE.notebook)
    for cell in notebook.cells:
        cell.source = SOLUTIONS.get(grade_id_of(cell), cell.source)
    return notebook


def at(notebook: NotebookNode, grade_id: str) -> int:
    """The index of the cell with a grade_id."""
    return [grade_id_of(cell) for cell in notebook.cells].index(grade_id)


def cell_of(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return notebook.cells[at(notebook, grade_id)]


def grade_id_of(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def submit(notebook: NotebookNode | None, *problems: Problem) -> Submission:
    return Submission("ada", "hw", "hw", Path("hw.ipynb"), notebook, "0", problems)


def rebuilt(notebook: NotebookNode) -> Rebuilt:
    """The rebuild of a student's notebook; what holds of every rebuild is asserted here."""
    before, release_before = deepcopy(notebook), deepcopy(RELEASE.notebook)
    result = rebuild(RELEASE, submit(notebook))
    assert (notebook, RELEASE.notebook) == (before, release_before), "an input was changed"
    assert_vouched_for(result.notebook)
    assert_nothing_lost(notebook, result.notebook)
    assert not any(problem.fatal for problem in result.problems)
    assert [match.grade_id for match in result.matches] == [c.grade_id for c in RELEASE.protected]
    return result


def assert_vouched_for(notebook: NotebookNode) -> None:
    """Valid for nbformat and for nbgrader, with all that is the course's as the course has it."""
    nbformat.validate(deepcopy(notebook))
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    MetadataValidator().validate_nb(notebook)
    assert notebook.metadata == RELEASE.notebook.metadata
    ids = Counter(grade_id_of(cell) for cell in notebook.cells)
    assert {g: n for g, n in ids.items() if g} == {c.grade_id: 1 for c in RELEASE.protected}
    for grade_id, source in LOCKED.items():
        cell = cell_of(notebook, grade_id)
        assert cell.source == source
        assert cell.metadata.nbgrader.checksum == compute_checksum(cell)
    for released in RELEASE.protected:
        cell = cell_of(notebook, released.grade_id)
        assert cell.cell_type == released.cell.cell_type
        assert without_checksum(cell) == without_checksum(released.cell)
    assert at(notebook, "kd_loss") < at(notebook, "check_kd_loss")
    assert at(notebook, "kd_grad") < at(notebook, "check_kd_grad")
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert "tags" not in cell.metadata


def without_checksum(cell: NotebookNode) -> dict[str, Any]:
    settings = {key: value for key, value in cell.metadata.nbgrader.items() if key != "checksum"}
    return dict(cell.metadata) | {"nbgrader": settings}


def assert_nothing_lost(students: NotebookNode, result: NotebookNode) -> None:
    """Every text of the student's own is there, as often as the student had it."""
    released = {cell.source.strip() for cell in RELEASE.notebook.cells} | {HIDDEN}
    mine = Counter(c.source for c in students.cells if c.source.strip() not in released)
    assert not mine - Counter(cell.source for cell in result.cells)


def kinds(result: Rebuilt) -> set[str]:
    return {problem.kind for problem in result.problems}


def how(result: Rebuilt, grade_id: str) -> Match:
    return next(match for match in result.matches if match.grade_id == grade_id)


def run(notebook: NotebookNode) -> dict[str, Any]:
    """Restart and run all, with stand-ins for the course's library; at each check, its value."""
    space: dict[str, Any] = {"question": lambda name: None, "seen": {}}
    space["check"] = lambda f: space["seen"].setdefault(f.__name__, f(2))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(cell.source, space)
    return space


def assert_right(notebook: NotebookNode) -> None:
    space = run(notebook)
    assert space["seen"] == {"kd_loss": 3, "kd_grad": 4}
    assert space["answer_why"] == "B"
    assert cell_of(notebook, "two").source.endswith("because its loss is smaller.")


# -- honest work -----------------------------------------------------------------------------


def test_a_solved_notebook_keeps_its_order_and_all_its_answers() -> None:
    result = rebuilt(solved())
    texts = [LOCKED.get(grade_id_of(cell), cell.source) for cell in solved().cells]
    assert [cell.source for cell in result.notebook.cells] == texts
    assert {match.how for match in result.matches} == {"grade_id"}
    assert (result.problems, result.untouched) == ((), frozenset())
    assert_right(result.notebook)


def test_the_release_itself_is_untouched() -> None:
    result = rebuilt(deepcopy(RELEASE.notebook))
    assert result.untouched == set(ANSWERS)
    assert result.problems == ()
    assert determine_grade(cell_of(result.notebook, "two")) == (0, 3)


def test_white_space_alone_does_not_count_as_an_answer() -> None:
    notebook = deepcopy(RELEASE.notebook)
    for cell in notebook.cells:
        cell.source = cell.source.replace("\n", "  \r\n") + "\n\n"
    assert rebuilt(notebook).untouched == set(ANSWERS)


def test_a_helper_cell_and_an_added_import_run_where_the_student_put_them() -> None:
    notebook = solved()
    cell_of(notebook, "kd_loss").source = KD_LOSS.replace("...", "return operator.add(z, one())")
    place = at(notebook, "kd_loss")
    notebook.cells.insert(place + 1, new_code_cell("def one():\n    return 1"))
    notebook.cells.insert(0, new_code_cell("import operator"))
    result = rebuilt(notebook)
    assert result.problems == ()
    assert_right(result.notebook)


def test_edited_and_deleted_text_is_the_students_business() -> None:
    notebook = solved()
    notebook.cells[0].source = "# My notes on distillation"
    del notebook.cells[2], notebook.cells[-1]
    result = rebuilt(notebook)
    assert result.problems == ()
    assert [cell.source for cell in result.notebook.cells[:2]] == [
        "# My notes on distillation",
        LOCKED["setup"],
    ]


def test_pictures_stay_in_a_written_answer_and_go_from_code() -> None:
    notebook = solved()
    for grade_id in ("two", "kd_loss"):
        cell_of(notebook, grade_id).attachments = {"a.png": {"image/png": "aGk="}}
    result = rebuilt(notebook)
    assert cell_of(result.notebook, "two").attachments == {"a.png": {"image/png": "aGk="}}
    assert "attachments" not in cell_of(result.notebook, "kd_loss")


def test_a_stub_without_its_marker_line_is_still_untouched() -> None:
    notebook = strip_metadata(deepcopy(RELEASE.notebook))
    notebook.cells[3].source = KD_LOSS.split("\n", 1)[1]
    assert rebuilt(notebook).untouched == set(ANSWERS)


# -- lost identity ---------------------------------------------------------------------------


def strip_metadata(notebook: NotebookNode) -> NotebookNode:
    notebook.metadata = NotebookNode()
    for cell in notebook.cells:
        cell.metadata = NotebookNode()
    return notebook


def test_cleared_metadata_cost_nothing_because_of_the_markers() -> None:
    result = rebuilt(strip_metadata(solved()))
    assert {how(result, grade_id) for grade_id in ANSWERS} == {
        Match(grade_id, "marker") for grade_id in ANSWERS
    }
    assert how(result, "check_kd_grad") == Match("check_kd_grad", "checksum")
    assert kinds(result) == {"lost_metadata"}
    assert result.untouched == frozenset()
    assert_right(result.notebook)


@pytest.mark.parametrize(
    "marker", ["#@answer kd_loss", "   ##  @ Answer:  KD_LOSS", "# @answer kd_loss (mine)"]
)
def test_markers_may_be_written_sloppily(marker: str) -> None:
    notebook = strip_metadata(solved())
    source = SOLVED_LOSS.replace("# @answer kd_loss", marker).replace("def kd_loss", "def my_loss")
    notebook.cells[3].source = f"import math\n{source}\nkd_loss = my_loss"
    assert how(rebuilt(notebook), "kd_loss") == Match("kd_loss", "marker")


def test_without_marker_the_cell_that_defines_the_function_is_taken_and_flagged() -> None:
    notebook = strip_metadata(solved())
    for cell in notebook.cells:
        cell.source = "\n".join(line for line in cell.source.split("\n") if "@answer" not in line)
    result = rebuilt(notebook)
    for grade_id in ANSWERS:
        assert how(result, grade_id) == Match(grade_id, "likeness", certain=False)
    assert "guessed_answer" in kinds(result)
    assert result.untouched == frozenset()
    assert_right(result.notebook)


def test_a_renamed_function_is_found_by_its_text() -> None:
    notebook = strip_metadata(solved())
    source = SOLVED_LOSS.replace("# @answer kd_loss\n", "").replace("def kd_loss", "def my_loss")
    notebook.cells.append(new_code_cell(source))
    del notebook.cells[3]
    result = rebuilt(notebook)
    assert how(result, "kd_loss") == Match("kd_loss", "likeness", certain=False)
    assert cell_of(result.notebook, "kd_loss").source == source


def test_an_answer_written_below_the_untouched_text_is_found_and_flagged() -> None:
    notebook = solved()
    place = at(notebook, "two")
    notebook.cells[place].source = TWO
    notebook.cells.insert(place + 1, new_markdown_cell("The second, because its loss is smaller."))
    result = rebuilt(notebook)
    assert how(result, "two") == Match("two", "likeness", certain=False)
    assert "two" not in result.untouched
    assert determine_grade(cell_of(result.notebook, "two")) == (None, 3)


@pytest.mark.parametrize("above", [True, False])
def test_a_function_retyped_in_a_new_cell_is_not_undone_by_the_untouched_one(above: bool) -> None:
    notebook = solved()
    place = at(notebook, "kd_loss")
    notebook.cells[place].source = KD_LOSS
    notebook.cells.insert(place + (not above), new_code_cell("def kd_loss(z):\n    return z + 1"))
    result = rebuilt(notebook)
    assert how(result, "kd_loss") == Match("kd_loss", "likeness", certain=False)
    assert "kd_loss" not in result.untouched
    assert_right(result.notebook)


def test_two_answers_merged_into_one_cell_are_both_graded_and_flagged() -> None:
    notebook = solved()
    cell_of(notebook, "kd_loss").source = f"{SOLVED_LOSS}\n\n{SOLVED_GRAD}"
    del notebook.cells[at(notebook, "kd_grad")]
    result = rebuilt(notebook)
    assert kinds(result) == {"answer_elsewhere"}
    assert not how(result, "kd_grad").certain
    assert result.untouched == frozenset()
    assert_right(result.notebook)


def test_a_function_written_into_the_test_cell_runs_and_is_flagged() -> None:
    notebook = solved()
    cell_of(notebook, "kd_loss").source = KD_LOSS
    cell_of(notebook, "check_kd_loss").source = "def kd_loss(z):\n    return z + 1"
    result = rebuilt(notebook)
    assert kinds(result) == {"edited_locked", "answer_elsewhere"}
    assert_right(result.notebook)


# -- copies ----------------------------------------------------------------------------------


def test_of_two_answers_both_run_and_the_last_holds_the_id() -> None:
    notebook = solved()
    place = at(notebook, "kd_loss")
    first = deepcopy(notebook.cells[place])
    first.source = KD_LOSS.replace("...", "return 0")
    notebook.cells.insert(place, first)
    result = rebuilt(notebook)
    assert kinds(result) == {"repeated_answer"}
    assert result.notebook.cells[place].source == first.source
    assert cell_of(result.notebook, "kd_loss").source == SOLVED_LOSS
    assert_right(result.notebook)


def test_an_untouched_copy_does_not_overwrite_the_answer() -> None:
    notebook = solved()
    notebook.cells.insert(at(notebook, "kd_loss") + 1, deepcopy(RELEASE.notebook.cells[3]))
    result = rebuilt(notebook)
    assert kinds(result) == {"repeated_answer"}
    assert "kd_loss" not in result.untouched
    assert_right(result.notebook)


def test_a_helper_made_from_a_copy_does_not_take_the_id() -> None:
    notebook = solved()
    helper = deepcopy(cell_of(notebook, "kd_loss"))
    helper.source = "def helper():\n    return 1"
    notebook.cells.insert(at(notebook, "kd_loss") + 1, helper)
    result = rebuilt(notebook)
    assert cell_of(result.notebook, "kd_loss").source == SOLVED_LOSS
    assert result.problems == ()


def test_a_test_waits_for_the_last_copy_of_its_answer() -> None:
    notebook = solved()
    better = deepcopy(cell_of(notebook, "kd_loss"))
    cell_of(notebook, "kd_loss").source = KD_LOSS.replace("...", "return 0")
    notebook.cells.append(better)
    assert_right(rebuilt(notebook).notebook)


def test_copies_of_test_cells_are_left_out() -> None:
    notebook = solved()
    for _ in range(2):
        notebook.cells.insert(0, deepcopy(cell_of(notebook, "check_kd_loss")))
    result = rebuilt(notebook)
    assert sum(cell.source == "check(kd_loss)" for cell in result.notebook.cells) == 1


# -- missing cells ---------------------------------------------------------------------------


def test_a_deleted_test_cell_comes_back_after_the_helpers_of_its_answer() -> None:
    notebook = solved()
    place = at(notebook, "kd_loss")
    notebook.cells[place].source = KD_LOSS.replace("...", "return z + one()")
    notebook.cells[place + 1] = new_code_cell("def one():\n    return 1")
    result = rebuilt(notebook)
    assert kinds(result) == {"missing_locked"}
    assert how(result, "check_kd_loss").how == "missing"
    assert_right(result.notebook)


def test_a_deleted_set_up_comes_back_where_it_was() -> None:
    notebook = solved()
    del notebook.cells[1]
    assert at(rebuilt(notebook).notebook, "setup") == 1


def test_deleted_answers_come_back_as_released_and_are_said_to_be_missing() -> None:
    notebook = solved()
    for grade_id in ("kd_loss", "two"):
        del notebook.cells[at(notebook, grade_id)]
    result = rebuilt(notebook)
    assert result.untouched == {"kd_loss", "two"}
    assert kinds(result) == {"missing_answer"}
    assert cell_of(result.notebook, "kd_loss").source == KD_LOSS
    assert "kd_loss" in next(p.says for p in result.problems)


def test_an_empty_notebook_becomes_all_that_is_graded() -> None:
    result = rebuilt(new_notebook())
    assert [grade_id_of(cell) for cell in result.notebook.cells] == [
        cell.grade_id for cell in RELEASE.protected
    ]
    assert result.untouched == set(ANSWERS)


# -- tampering -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tamper",
    [
        lambda cell: cell.metadata.update(tags=["skip-execution", "raises-exception"]),
        lambda cell: cell.metadata.nbgrader.update(points=100),
        lambda cell: cell.metadata.nbgrader.update(solution=True, locked=False),
        lambda cell: cell.metadata.nbgrader.update(grade=False),
    ],
)
def test_tags_points_and_flags_are_the_releases(tamper: Callable[[NotebookNode], None]) -> None:
    notebook = solved()
    tamper(cell_of(notebook, "check_kd_loss"))
    result = rebuilt(notebook)
    assert kinds(result) == {"changed_settings"}
    assert_right(result.notebook)


def test_tags_of_added_cells_do_not_keep_them_from_running() -> None:
    notebook = solved()
    notebook.cells.append(new_code_cell("x = 1", metadata={"tags": ["skip-execution"]}))
    assert rebuilt(notebook).notebook.cells[-1].metadata == {}


def test_an_edited_test_is_replaced_and_the_students_version_runs_before_it() -> None:
    notebook = solved()
    cell_of(notebook, "check_kd_loss").source = "done = kd_loss(2) == 3"
    result = rebuilt(notebook)
    place = at(result.notebook, "check_kd_loss")
    assert result.notebook.cells[place - 1].source == "done = kd_loss(2) == 3"
    assert kinds(result) == {"edited_locked"}
    assert_right(result.notebook)


def test_a_changed_cell_type_is_changed_back() -> None:
    notebook = solved()
    for grade_id, new in (("kd_loss", new_markdown_cell), ("two", new_raw_cell)):
        old = cell_of(notebook, grade_id)
        notebook.cells[at(notebook, grade_id)] = new(old.source, metadata=old.metadata)
    result = rebuilt(notebook)
    assert kinds(result) == {"changed_type"}
    assert_right(result.notebook)


@pytest.mark.parametrize("with_markers", [True, False])
def test_swapped_ids_are_swapped_back_by_the_text_and_flagged(with_markers: bool) -> None:
    notebook = solved()
    loss, grad = cell_of(notebook, "kd_loss"), cell_of(notebook, "kd_grad")
    loss.metadata, grad.metadata = grad.metadata, loss.metadata
    if not with_markers:
        for cell in (loss, grad):
            cell.source = cell.source.split("\n", 1)[1]
    result = rebuilt(notebook)
    assert "def kd_loss" in cell_of(result.notebook, "kd_loss").source
    assert "def kd_grad" in cell_of(result.notebook, "kd_grad").source
    assert kinds(result) == {"contradiction"}
    assert not how(result, "kd_loss").certain
    assert_right(result.notebook)


def test_a_marker_left_over_from_a_copy_yields_to_label_and_definition() -> None:
    notebook = solved()
    cell_of(notebook, "kd_grad").source = SOLVED_GRAD.replace("@answer kd_grad", "@answer kd_loss")
    result = rebuilt(notebook)
    assert result.problems == ()
    assert_right(result.notebook)


@pytest.mark.parametrize("junk", [None, 7, [], "x", {"grade_id": ["kd_loss"]}, {"grade_id": "no"}])
def test_junk_where_nbgraders_metadata_should_be_is_ignored(junk: Any) -> None:
    notebook = solved()
    cell_of(notebook, "kd_loss").metadata = NotebookNode(nbgrader=junk)
    assert_right(rebuilt(notebook).notebook)


# -- what could not be read ------------------------------------------------------------------


def test_an_unreadable_submission_becomes_the_release_under_a_notice() -> None:
    why = Problem("truncated", "The file breaks off.", "Save it again.", fatal=True)
    result = rebuild(RELEASE, submit(None, why))
    assert_vouched_for(result.notebook)
    notice, *rest = result.notebook.cells
    assert "The file breaks off. Save it again." in notice.source
    assert [cell.source for cell in rest] == [
        LOCKED.get(grade_id_of(cell), cell.source) for cell in RELEASE.notebook.cells
    ]
    assert result.untouched == set(ANSWERS)
    assert result.problems == (why,)


def test_problems_of_the_intake_come_first() -> None:
    bom = Problem("byte_order_mark", "It begins with a byte order mark.")
    result = rebuild(RELEASE, submit(strip_metadata(solved()), bom))
    assert [problem.kind for problem in result.problems] == ["byte_order_mark", "lost_metadata"]


# -- the release -----------------------------------------------------------------------------


def test_a_release_with_one_id_twice_is_refused() -> None:
    notebook = deepcopy(RELEASE.notebook)
    notebook.cells.append(deepcopy(notebook.cells[3]))
    with pytest.raises(ValueError, match="two cells with the grade_id 'kd_loss'"):
        Release(notebook)


def test_full_sources_of_unknown_cells_are_refused() -> None:
    with pytest.raises(ValueError, match="full source for 'kd_loss'"):
        Release(RELEASE.notebook, {"kd_loss": "x"})


def test_identical_stubs_without_markers_are_told_apart_by_where_they_stand() -> None:
    stub = "# YOUR CODE HERE\nraise NotImplementedError()"
    cells = [
        graded(new_code_cell(stub), "first", solution=True),
        graded(new_code_cell("assert a == 1"), "test_first", 1, locked=True),
        graded(new_code_cell(stub), "second", solution=True),
        graded(new_code_cell("assert b == 2"), "test_second", 1, locked=True),
    ]
    release = Release(new_notebook(cells=cells))
    notebook = strip_metadata(deepcopy(release.notebook))
    notebook.cells[0].source, notebook.cells[2].source = "a = 1", "b = 2"
    result = rebuild(release, submit(notebook))
    assert cell_of(result.notebook, "first").source == "a = 1"
    assert cell_of(result.notebook, "second").source == "b = 2"


# -- anything at all -------------------------------------------------------------------------

texts = st.sampled_from(
    [*SOLUTIONS.values(), KD_LOSS, KD_GRAD, WHY, TWO, HIDDEN, *LOCKED.values(), "", "x = 1",
     "def kd_loss(z): return 0", "def kd_grad(z): return 0", "answer_why = 'A'", "Hello.",
     "# @answer kd_loss\nx = 2", f"{SOLVED_LOSS}\n{SOLVED_GRAD}"]
)  # fmt: skip
makers = st.sampled_from([new_code_cell, new_markdown_cell, new_raw_cell])


@st.composite
def mangled(draw: st.DrawFn) -> NotebookNode:
    """A solved notebook, its cells shuffled, copied, dropped, stripped, relabelled, rewritten."""
    start = solved().cells
    chosen = draw(st.lists(st.sampled_from(start), max_size=16))
    cells = [deepcopy(cell) for cell in draw(st.sampled_from([start, chosen]))]
    cells += [draw(makers)(draw(texts)) for _ in range(draw(st.integers(0, 3)))]
    if draw(st.booleans()):
        cells = draw(st.permutations(cells))
    for index in draw(st.sets(st.integers(0, max(0, len(cells) - 1)), max_size=6)):
        if index < len(cells):
            cells[index] = draw(mangled_cell(cells[index], start))
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=NotebookNode(), cells=cells)


@st.composite
def mangled_cell(draw: st.DrawFn, cell: NotebookNode, others: list[NotebookNode]) -> NotebookNode:
    source, metadata = cell.source, cell.metadata
    match draw(st.sampled_from(["strip", "relabel", "rewrite", "retype", "tag"])):
        case "strip":
            metadata = NotebookNode()
        case "relabel":
            metadata = deepcopy(draw(st.sampled_from(others)).metadata)
        case "rewrite":
            source = draw(texts)
        case "tag":
            metadata = {**metadata, "tags": ["skip-execution"]}
        case "retype":
            return draw(makers)(source, metadata=metadata)
    return NotebookNode(cell | {"source": source, "metadata": NotebookNode(metadata)})


@settings(max_examples=300, deadline=None)
@given(mangled())
def test_whatever_was_done_to_a_notebook_the_rebuild_is_sound(notebook: NotebookNode) -> None:
    result = rebuilt(notebook)
    for grade_id in result.untouched:
        released = RELEASE.by_id[grade_id]
        assert released.is_untouched(cell_of(result.notebook, grade_id).source)


def speaks(notebook: NotebookNode, **metadata: Any) -> NotebookNode:
    notebook.metadata = nbformat.from_dict(metadata)
    return notebook


def test_a_kernel_of_another_name_is_the_students_own_business() -> None:
    for kernelspec in ({"name": "my-env", "language": "python"}, {"name": "conda"}, "broken"):
        result = rebuilt(speaks(solved(), kernelspec=kernelspec))
        assert "language" not in kinds(result)
        assert result.notebook.metadata == make_release().notebook.metadata


def test_another_language_is_mentioned_and_changes_nothing() -> None:
    kernelspec = {"name": "ir", "language": "R", "display_name": "R"}
    result = rebuilt(speaks(solved(), kernelspec=kernelspec))
    assert "language" in kinds(result)
    assert result.notebook.metadata == make_release().notebook.metadata
    assert_right(result.notebook)
