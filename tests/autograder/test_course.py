import os
import stat
from dataclasses import replace
from datetime import datetime

import pytest

from autograder.course import Course, CourseError, init, timestamp_of
from autograder.engine.released import releases
from autograder.errors import UsageError
from autograder.records import Limits

# -- init ------------------------------------------------------------------------------------


def test_init_makes_a_course_that_loads(tmp_path):
    root = init(tmp_path / "course")
    course = Course.load(root)
    assert course.root == root
    assert course.isolation == "auto"
    assert course.db_url == f"sqlite:///{root}/gradebook.db"


def test_the_secret_is_random_and_for_its_owner_alone(tmp_path):
    one, other = (Course.load(init(tmp_path / name)) for name in ("one", "other"))
    assert len(one.secret) == 32
    assert one.secret != other.secret
    path = one.root / ".autograder" / "secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert ".autograder" in (one.root / ".gitignore").read_text()


def test_a_second_init_changes_nothing(tmp_path):
    root = init(tmp_path)
    (root / "nbgrader_config.py").write_text("mine = 1\n")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    init(root, isolation="none")
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert after == before


def test_init_brings_the_notebooks_of_the_course(tmp_path):
    from autograder.shipped import shipped

    root = init(tmp_path)
    names = {path.parent.name for path in shipped("notebooks").glob("*/*.ipynb")}
    assert {path.parent.name for path in (root / "source").glob("*/*.ipynb")} == names


def test_init_writes_wishes_into_the_configuration(tmp_path):
    course = Course.load(init(tmp_path, isolation="none", limits=Limits(cell_seconds=5.0)))
    assert course.isolation == "none"
    assert course.limits == Limits(cell_seconds=5.0)


def test_init_refuses_a_file(tmp_path):
    (tmp_path / "course").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        init(tmp_path / "course")


# -- loading ---------------------------------------------------------------------------------


def configured(tmp_path, text, call="configure(c)"):
    config = f"from autograder import configure\nc = get_config()\n{text}\n{call}\n"
    (tmp_path / "nbgrader_config.py").write_text(config)
    return Course.load(tmp_path)


def test_a_folder_without_configuration_is_no_course(tmp_path):
    with pytest.raises(CourseError, match="autograder init"):
        Course.load(tmp_path)


def test_a_configuration_that_does_not_call_configure_is_told_how(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    with pytest.raises(CourseError, match=r"from autograder import configure"):
        Course.load(tmp_path)


def test_a_configuration_that_fails_is_named(tmp_path):
    with pytest.raises(CourseError, match=r"nbgrader_config.py fails: ZeroDivisionError"):
        configured(tmp_path, "1 / 0")


def test_the_configuration_of_the_folder_one_stands_in_does_not_count(tmp_path, monkeypatch):
    here, course = tmp_path / "here", tmp_path / "course"
    here.mkdir()
    course.mkdir()
    (here / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id='no'\n")
    monkeypatch.chdir(here)
    assert configured(course, "c.CourseDirectory.course_id = 'yes'").course_id == "yes"


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        ("configure(c, isolation='docker')", "isolation is 'docker'"),
        ("configure(c, jobs=0)", "jobs is 0"),
        ("configure(c, limits={'cell_second': 5})", "no limit 'cell_second'"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_possible(tmp_path, call, complaint):
    with pytest.raises(CourseError, match=complaint):
        configured(tmp_path, "", call)


def test_a_wrong_wish_on_the_command_line_is_refused_too(tmp_path):
    with pytest.raises(CourseError, match=r"auto, namespaces, .*, none"):
        replace(configured(tmp_path, ""), isolation="docker")


def test_nbgraders_timeout_for_a_cell_counts(tmp_path):
    limits = configured(tmp_path, "c.ExecutePreprocessor.timeout = 600").limits
    assert limits.cell_seconds == 600
    assert limits.notebook_seconds == 20 * Limits().notebook_seconds


def test_limits_that_are_given_go_before_nbgraders_timeout(tmp_path):
    call = "configure(c, limits={'cell_seconds': 7})"
    assert configured(tmp_path, "c.Execute.timeout = 600", call).limits.cell_seconds == 7


def test_no_timeout_in_nbgrader_is_a_day(tmp_path):
    assert configured(tmp_path, "c.Execute.timeout = None").limits.cell_seconds == 86_400


# -- registry and secret ---------------------------------------------------------------------


def test_the_registry_is_the_module_that_the_course_names(course):
    assert list(course.assignments) == ["ps1"]
    assert course.assignment("ps1").exercises[0].points == 4


def test_a_misspelt_assignment_gets_a_suggestion(course):
    with pytest.raises(CourseError, match=r"'ps11': did you mean 'ps1'\?"):
        course.assignment("ps11")


def test_a_registry_that_is_not_there_is_named(tmp_path):
    course = configured(tmp_path, "", "configure(c, exercises='no_such_registry')")
    with pytest.raises(CourseError, match="no_such_registry"):
        _ = course.assignments


def test_a_course_may_have_no_exercises_of_ours(tmp_path):
    course = configured(tmp_path, "", "configure(c, exercises=None)")
    assert course.assignments == {}


def test_a_missing_secret_is_asked_for_only_when_it_is_needed(course):
    (course.root / ".autograder" / "secret").unlink()
    again = Course.load(course.root)
    with pytest.raises(CourseError, match="autograder init"):
        _ = again.secret


def test_a_spoilt_secret_is_not_used(course):
    (course.root / ".autograder" / "secret").write_text("changeme")
    with pytest.raises(CourseError, match="backup"):
        _ = Course.load(course.root).secret


def test_the_secret_is_not_printed_with_the_course(course):
    assert course.secret.hex() not in repr(course)


# -- folders ---------------------------------------------------------------------------------


def test_students_are_those_with_a_folder_for_the_assignment(course):
    for student, assignment in [("bo", "ps1"), ("al", "ps1"), ("cy", "ps2"), (".x", "ps1")]:
        course.submission_folder(student, assignment).mkdir(parents=True)
    (course.root / "submitted" / "README.txt").write_text("not a student")
    assert course.students_of("ps1") == ["al", "bo"]
    assert course.students_of("ps9") == []


@pytest.mark.parametrize(
    "structure",
    [
        "{nbgrader_step}/{assignment_id}/{student_id}",
        "{nbgrader_step}/s-{student_id}.d/{assignment_id}",
        "work/{student_id}/{assignment_id}/{nbgrader_step}",
    ],
)
def test_the_directory_structure_of_the_course_is_honoured(tmp_path, structure):
    course = configured(tmp_path, f"c.CourseDirectory.directory_structure = '{structure}'")
    folder = course.submission_folder("al[1]", "ps.1+")
    assert folder == tmp_path / structure.format(
        nbgrader_step="submitted", student_id="al[1]", assignment_id="ps.1+"
    )
    folder.mkdir(parents=True)
    assert course.students_of("ps.1+") == ["al[1]"]


def test_excluded_students_are_left_out(tmp_path):
    course = configured(tmp_path, "c.CourseDirectory.student_id_exclude = 'bo,cy'")
    for student in ("al", "bo"):
        course.submission_folder(student, "ps1").mkdir(parents=True)
    assert course.students_of("ps1") == ["al"]


# -- releases --------------------------------------------------------------------------------


def test_an_assignment_that_was_not_released_is_said_to_be_so(course):
    with pytest.raises(CourseError, match="run autograder release ps1 first"):
        releases(course, "ps1")


def test_an_unknown_assignment_gets_a_suggestion_from_what_was_released(released):
    with pytest.raises(CourseError, match="did you mean 'ps1'"):
        releases(released, "pps1")


def test_a_release_comes_with_the_full_sources_of_its_locked_cells(released):
    release = releases(released, "ps1")["ps1"]
    assert "triple(-7.25)" not in release.by_id["test_triple"].source
    assert "triple(-7.25)" in release.full_sources["test_triple"]


def test_a_release_that_does_not_fit_the_gradebook_is_named(released):
    path = released.release_folder("ps1") / "ps1.ipynb"
    path.write_text(path.read_text().replace('"test_triple"', '"test_quadruple"'))
    with pytest.raises(CourseError, match=r"ps1\.ipynb cannot be used.*test_triple"):
        releases(released, "ps1")


# -- timestamps ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2026-01-02 03:04:05.6 UTC\n", "2026-01-02T05:04:05.6+02:00"])
def test_a_timestamp_is_read_as_utc(tmp_path, text):
    (tmp_path / "timestamp.txt").write_text(text)
    assert timestamp_of(tmp_path) == datetime(2026, 1, 2, 3, 4, 5, 600_000)


@pytest.mark.parametrize("text", ["", "yesterday", "9" * 400, "2026-13-77"])
def test_a_timestamp_that_says_nothing_counts_as_none(tmp_path, text):
    (tmp_path / "timestamp.txt").write_text(text)
    assert timestamp_of(tmp_path) is None


def test_a_timestamp_that_is_a_link_or_a_folder_counts_as_none(tmp_path):
    (tmp_path / "real.txt").write_text("2026-01-02 03:04:05 UTC")
    os.symlink(tmp_path / "real.txt", tmp_path / "timestamp.txt")
    assert timestamp_of(tmp_path) is None
    assert timestamp_of(tmp_path / "nowhere") is None
