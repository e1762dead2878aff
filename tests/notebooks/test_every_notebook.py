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


def test_every_exercise_says_its_points_and_minutes(written, assignment):
    for exercise in assignment.exercises:
        task = source_of(written, f"{exercise.id.lower().replace('_', '-')}-task")
        assert re.search(r"\*Difficulty: \d of 5\. About \d+ minutes?\. ", task)
        assert f"{exercise.points:g} points.*" in task


def headings(written, marks):
    """What a link to a heading with so many # is written as."""
    lines = [line for each in prose(written) for line in each.source.splitlines()]
    found = (re.fullmatch(rf"#{{{marks}}} (.+)", line) for line in lines)
    return [heading[1].replace(" ", "-") for heading in found if heading]


def test_the_contents_lead_to_headings(written):
    links = re.findall(r"\]\(#([^)]+)\)", source_of(written, "title"))
    assert links == headings(written, 2)


def test_links_within_the_notebook_lead_somewhere(written):
    text = "\n".join(each.source for each in prose(written))
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links <= {*headings(written, 2), *headings(written, 3)}


def test_formulas_are_closed_and_no_bar_is_left_to_be_read_as_a_table(written):
    for each in prose(written):
        without_code = re.sub(r"`[^`]*`", "", each.source)
        assert without_code.count("$") % 2 == 0, each.id
        assert "|" not in without_code.replace(r"\|", ""), each.id


def test_it_can_be_read_in_a_quarter_of_an_hour(written):
    words = sum(len(each.source.split()) for each in prose(written))
    assert words < 2800  # formulas counted as words


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
