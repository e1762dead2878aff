"""What is true of every notebook of the course: as written, as released, and run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.exercises import ASSIGNMENTS
from autograder.release import check as complaints


@pytest.fixture(params=ASSIGNMENTS.values(), ids=lambda each: each.id, scope="module")
def assignment(request):
    return request.param


@pytest.fixture(scope="module")
def written(written_as, assignment):
    return written_as(assignment.id)


@pytest.fixture(params=["solved", "untouched"])
def executed(written, request):
    return getattr(written, request.param)


def prose(written):
    return [each for each in written.source if each.cell_type == "markdown"]


def source_of(written, id):
    return next(each.source for each in written.source if each.id == id)


# -- the file --------------------------------------------------------------------------------


def test_the_file_is_valid_and_keeps_no_outputs(written):
    node = written.node()
    nbformat.validate(node)
    assert (node.nbformat, node.nbformat_minor) == (4, 5)
    assert all(each.outputs == [] for each in node.cells if "outputs" in each)
    assert all(each.execution_count is None for each in node.cells if "outputs" in each)


def test_cell_ids_are_words(written):
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", each.id) for each in written.source)


def test_cells_and_points_agree_with_the_registry(written, assignment):
    assert complaints(assignment, {assignment.id: written.node()}) == []


def test_progress_lists_exercises_and_questions_in_the_order_of_the_notebook(written, assignment):
    ours = [each.metadata.get("nbgrader", {}).get("grade_id") for each in written.source]
    for listed in (assignment.exercises, assignment.questions):
        places = [ours.index(each.id) for each in listed]
        assert places == sorted(places)


def test_every_exercise_says_its_points_and_minutes(written, assignment):
    for exercise in assignment.exercises:
        task = source_of(written, f"{exercise.id.lower().replace('_', '-')}-task")
        assert re.search(r"\*Difficulty: \d of 5\. About \d+ minutes?\. ", task)
        assert f"{exercise.points:g} points.*" in task


FUNCTIONS_OF_ARRAYS = {
    "00_notation", "01_distances", "02_distillation_loss", "03_tokens_masks_shifts",
    "04_sequence_loss",
}  # fmt: skip
"""Later exercises change models, and gradients are what they are about."""


def test_every_task_says_whether_a_gradient_is_asked_for(written, assignment):
    if assignment.id not in FUNCTIONS_OF_ARRAYS:
        pytest.skip("its exercises change models")
    for exercise in assignment.exercises:
        task = source_of(written, f"{exercise.id.lower().replace('_', '-')}-task")
        asked = any(each.aspect == "gradient" for each in exercise.properties)
        promise = r"\bA gradient is asked" if asked else r"\b[Nn]o gradient (\*of\* it )?is asked"
        assert re.search(promise, task), exercise.id


def headings(written, marks):
    """What a link to a heading with so many # is written as."""
    lines = [line for each in prose(written) for line in each.source.splitlines()]
    found = (re.fullmatch(rf"#{{{marks}}} (.+)", line) for line in lines)
    return [heading[1].replace(" ", "-") for heading in found if heading]


def test_the_contents_lead_to_headings(written):
    links = re.findall(r"\]\(#([^)]+)\)", source_of(written, "title"))
    assert links == headings(written, 2)


def test_formulas_are_closed_and_no_bar_is_left_to_be_read_as_a_table(written):
    for each in prose(written):
        without_code = re.sub(r"`[^`]*`", "", each.source)
        assert without_code.count("$") % 2 == 0, each.id
        assert "|" not in without_code.replace(r"\|", ""), each.id


# -- how long it takes: 200 words a minute, what tasks promise, and a minute or so a question -----

WORDS_A_MINUTE = 200
MINUTES = {
    "predict": 0.5,
    "choice": 1,
    "select": 1,
    "numeric": 1,
    "formula": 1,
    "matching": 1.5,
    "short": 3,
}


def for_all_readers(written):
    """The text of the notebook without what is folded or headed as optional."""
    optional = False
    for each in prose(written):
        if each.source.startswith("#"):
            optional = bool(re.match(r"#+ Optional:", each.source))
        if not optional and "nbgrader" not in each.metadata:
            yield re.sub(r"<details>.*?</details>", "", each.source, flags=re.DOTALL)


def minutes_of_work(written, assignment):
    promised = re.findall(r"About (\d+) minutes?\.", "\n".join(for_all_readers(written)))
    return sum(map(int, promised)) + sum(MINUTES[each.kind] for each in assignment.questions)


def test_it_takes_a_reader_45_minutes_at_most(written, assignment, record_property):
    words = sum(len(text.split()) for text in for_all_readers(written))  # formulas too
    minutes = words / WORDS_A_MINUTE + minutes_of_work(written, assignment)
    record_property("minutes", round(minutes, 1))
    assert minutes <= 45


def test_the_first_cell_says_how_much_of_the_time_is_for_own_work(written, assignment):
    said = re.search(r"\*\*It takes\*\* 45 minutes, (\d+) of them", source_of(written, "title"))
    assert abs(int(said[1]) - minutes_of_work(written, assignment)) < 1


def test_what_is_optional_is_never_graded(written):
    optional = False
    for each in written.source:
        if each.cell_type == "markdown" and each.source.startswith("#"):
            optional = bool(re.match(r"#+ Optional:", each.source))
        assert not (optional and "nbgrader" in each.metadata), each.id


def lines_of_solutions(written):
    """The lines within solution regions, where they are long enough to give something away."""
    text = "\n".join(each.source for each in written.source)
    regions = re.findall(r"### BEGIN SOLUTION\n(.*?)\n *### END SOLUTION", text, re.DOTALL)
    lines = {line.strip() for region in regions for line in region.splitlines()}
    return {line for line in lines if len(line) >= 20}


def test_the_release_keeps_no_line_of_a_solution(written):
    released = "\n".join(each.source for each in written.released)
    assert "SOLUTION" not in released
    assert lines_of_solutions(written)
    assert [line for line in lines_of_solutions(written) if line in released] == []


# -- run from top to bottom ------------------------------------------------------------------


def test_it_runs_without_a_warning_within_a_minute(executed, record_property):
    record_property("seconds", round(executed.seconds, 1))
    assert [id for id, each in executed.outputs() if each.get("name") == "stderr"] == []
    assert executed.seconds < 60


def test_the_set_up_says_what_it_found(executed):
    said = executed.said("setup")
    assert re.match(r"Python 3\.\d+\.\d+, torch \d.*(CPU|GPU)", said)
    assert said.endswith("Setup complete\n")


def test_every_image_has_alternative_text(executed):
    alts = []

    class Images(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag == "img":
                alts.append(dict(attrs).get("alt", ""))

    for _, output in executed.outputs():
        data = output.get("data", {})
        assert not any(kind.startswith("image/") for kind in data)
        Images().feed(data.get("text/html", ""))
    assert len(alts) >= 2
    assert all(len(alt) > 60 for alt in alts)


def test_the_solutions_get_full_marks_from_the_self_checks(written, assignment):
    assert written.solved.self_checked() == {each.id: each.points for each in assignment.exercises}


def test_the_untouched_release_gets_none(written, assignment):
    assert written.untouched.self_checked() == {each.id: 0.0 for each in assignment.exercises}


def test_the_last_cell_shows_what_is_done_and_what_is_not(written, assignment):
    done, open_ = written.solved.shown("progress"), written.untouched.shown("progress")
    points = f"{sum(each.points for each in assignment.exercises):g}"
    assert re.search(rf"\b(\d+) of \1 done\. Self-checks so far: {points} of {points} points", done)
    assert re.search(rf"\b0 of \d+ done\. Self-checks so far: 0 of {points} points", open_)
    assert "To hand in" in done


def test_the_model_answers_have_a_form_to_be_graded(written, assignment):
    for question in assignment.questions:
        if question.kind != "short" and not question.formative:
            shown = written.solved.shown(f"{question.id.replace('_', '-')}-answer")
            assert shown.startswith("Noted"), question.id


def test_values_to_compare_with_are_those_of_the_solutions(written):
    if not written.told:
        pytest.skip("this notebook tells no value")
    for (call, printed), value in zip(written.told, written.computed, strict=True):
        digits = len(printed.partition(".")[2])
        assert value == pytest.approx(float(printed), abs=0.51 * 10**-digits), call


# -- the set-up cell where nothing is installed ----------------------------------------------


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A fresh shell in an empty folder, without course_lib; remembers what pip was asked for."""
    monkeypatch.chdir(tmp_path)
    shell = InteractiveShell(config=Config(HistoryManager={"enabled": False}))
    asked = []
    shell.register_magic_function(asked.append, magic_name="pip")
    shell.run_cell("import importlib.util; real = importlib.util.find_spec")
    shell.run_cell("importlib.util.find_spec = lambda name: None")
    yield shell, asked
    shell.run_cell("importlib.util.find_spec = real")


def test_without_the_wheel_the_set_up_says_where_to_put_it(bare, written, capsys):
    shell, asked = bare
    result = shell.run_cell(source_of(written, "setup"))
    assert isinstance(result.error_in_exec, FileNotFoundError)
    assert "into the same folder" in str(result.error_in_exec)
    assert asked == []


def test_a_wheel_beside_the_notebook_is_installed(bare, written, tmp_path):
    shell, asked = bare
    (tmp_path / "course_lib-0.1.0-py3-none-any.whl").touch()
    assert shell.run_cell(source_of(written, "setup")).success
    assert asked == ["install --quiet course_lib-0.1.0-py3-none-any.whl"]


def test_else_the_address_that_was_filled_in_at_release_is_used(bare, written):
    shell, asked = bare
    url = "https://example.org/course_lib-0.1.0-py3-none-any.whl"
    setup = source_of(written, "setup").replace('WHEEL_URL = ""', f'WHEEL_URL = "{url}"')
    assert shell.run_cell(setup).success
    assert asked == [f"install --quiet {url}"]
