import ast
import io
import json
import re
import shutil
import textwrap
import zipfile
from pathlib import Path

import nbformat
import pytest

import autograder
import course_lib
from autograder.course import Course, init
from autograder.engine.record import record
from autograder.errors import UsageError
from autograder.exercises import ASSIGNMENTS
from autograder.records import Result
from autograder.release import ReleaseError, release
from autograder.shipped import shipped
from autograder.student_wheel import WHEEL_NAME, build_wheel
from course_lib.checks import table

FORMATIVE = {q.id for a in ASSIGNMENTS.values() for q in a.questions if q.formative}

# -- leaks: what students get, file by file ---------------------------------------------------


def opened(folder):
    """The text of every file of a release, archives within it opened, by name."""
    texts = {}

    def read(name, data):
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.namelist():
                    read(f"{name}!{member}", archive.read(member))
            return
        texts[name] = data.decode("utf-8", "replace")
        if name.endswith("text.npy"):  # NumPy keeps text as UTF-32
            texts[name] = data[data.index(b"\n") + 1 :].decode("utf-32-le")
        if name.endswith(".ipynb"):
            cells = nbformat.reads(texts[name], as_version=4).cells
            texts[name] += "\n" + "\n".join(cell.source for cell in cells)

    for path in sorted(folder.rglob("*")):
        if path.is_file():
            read(str(path.relative_to(folder)), path.read_bytes())
    return texts


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


def regions(notebook, name):
    """The texts between `BEGIN <name>` and `END <name>`."""
    pattern = rf"^[^\n]*BEGIN {name}[^\n]*\n(.*?)^[^\n]*END {name}"
    for cell in notebook.cells:
        yield from re.findall(pattern, cell.source, re.DOTALL | re.MULTILINE)


def telling(text):
    """Lines that are too long to stand elsewhere by chance."""
    return [squeezed(line) for line in text.splitlines() if len(squeezed(line)) >= 24]


def code_lines(path):
    """Lines within functions that are code and long enough to be nobody else's."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for statement in node.body:
                for line in ast.unparse(statement).splitlines():
                    if len(line.strip()) >= 40 and not line.strip().startswith(("'", '"')):
                        yield line.strip()


def hidden_texts(course, assignment_id):
    """What no student may see, by what it is."""
    assignment = course.assignment(assignment_id)
    library = Path(course_lib.__file__).parent
    known = {squeezed(line) for path in library.rglob("*.py") for line in path.open()}
    for path in course.source_folder(assignment_id).glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for region in regions(notebook, "SOLUTION"):
            # a line that the library has as its own, for later notebooks, is no secret of this one
            if (whole := squeezed(textwrap.dedent(region))) not in known:
                yield "solution", whole
            yield from (("solution", line) for line in telling(region) if line not in known)
        for region in regions(notebook, "HIDDEN TESTS"):
            yield "hidden test", squeezed(region)
    for question in assignment.questions:
        if not question.formative:  # those explain themselves at once, on the student's machine
            yield from (("explanation", option.says) for option in question.options if option.says)
        yield from (("rubric", line) for line in question.rubric)
    yield "secret", course.secret.hex()
    yield "secret", (course.root / ".autograder" / "secret").read_text().strip()


def find_leaks(course, assignment_id):
    """Each place in a release where something stands that students must not see."""
    assignment = course.assignment(assignment_id)
    texts = opened(course.release_folder(assignment_id))
    flat = {name: squeezed(text) for name, text in texts.items()}
    leaks = [
        f"{what} in {name}: {hidden[:40]}"
        for what, hidden in hidden_texts(course, assignment_id)
        for name, text in flat.items()
        if hidden in text
    ]
    for name, text in texts.items():
        if re.search(r"^\s*(import|from) autograder\b", text, re.M) or "autograder/" in name:
            leaks.append(f"autograder in {name}")
        if re.search(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS)", text):
            leaks.append(f"a region's delimiter in {name}")
        if name.endswith(".json") and "/questions/" in name:
            allowed = {"id", "title", "kind", "stem", "variable", "points", "options", "items"}
            allowed |= {"symbols"}
            if Path(name).stem in FORMATIVE:
                allowed |= {"explanations"}
            if extra := json.loads(text).keys() - allowed:
                leaks.append(f"{extra} in {name}")
        for question in assignment.questions:
            if question.kind == "short":
                continue
            given = rf"^\s*{question.variable}\s*=(?!=)\s*(.*)$"
            values = re.findall(given, text, re.M) if name.endswith((".ipynb", ".py")) else []
            leaks += [f"key in {name}: {value}" for value in values if value.strip() != "None"]
    return leaks + _leaked_code(texts)


def _leaked_code(texts):
    """Lines of the graders' own functions, which students' library does not have as its own."""
    package = Path(autograder.__file__).parent
    library = Path(course_lib.__file__).parent
    public = {line for path in library.rglob("*.py") for line in code_lines(path)}
    private = {
        line
        for room in ("oracles", "exercises", "judge")
        for path in (package / room).rglob("*.py")
        for line in code_lines(path)
    } - public
    return [
        f"grader's code in {n}: {line}" for n, t in texts.items() for line in private if line in t
    ]


# -- tests -----------------------------------------------------------------------------------


def test_a_release_leaks_nothing(released):
    assert find_leaks(released, "ps1") == []


def plant_in_notebook(text):
    def plant(folder):
        path = folder / "ps1.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(nbformat.v4.new_code_cell(text))
        nbformat.write(notebook, path)

    return plant


def plant_in_wheel(name, text):
    def plant(folder):
        with zipfile.ZipFile(folder / WHEEL_NAME, "a") as wheel:
            wheel.writestr(name, text)

    return plant


SOLUTION = "if True:\n  secretly_right = 2 * x\n  return secretly_right + 0 * x"
GRADERS_CODE = "        cases = exercise.cases(np.random.default_rng(seed))\n"


@pytest.mark.parametrize(
    ("what", "plant"),
    [
        ("solution", plant_in_notebook(SOLUTION)),
        ("solution", plant_in_notebook("# one line of it: return secretly_right + 0 * x")),
        ("solution", plant_in_wheel("course_lib/x.py", "# The model answer speaks of factors.")),
        ("hidden test", plant_in_notebook("assert triple(-7.25) == -21.75")),
        ("key", plant_in_notebook('answer_why = "B"')),
        ("explanation", plant_in_wheel("course_lib/data/questions/z.txt", "Rightly observed")),
        ("rubric", plant_in_wheel("course_lib/z.md", "names the factor two explicitly")),
        ("key", plant_in_wheel("course_lib/data/questions/q.json", '{"key": "B"}')),
        ("autograder", plant_in_wheel("course_lib/y.py", "from autograder.oracles import kd")),
        ("autograder", plant_in_wheel("autograder/__init__.py", "")),
        ("grader's code", plant_in_wheel("course_lib/y.py", GRADERS_CODE)),
    ],
)
def test_a_leak_that_is_planted_is_found(released, what, plant):
    plant(released.release_folder("ps1"))
    assert any(what in leak for leak in find_leaks(released, "ps1"))


def test_a_leaked_secret_is_found_even_in_an_archive_in_an_archive(released):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("notes.txt", released.secret.hex())
    plant_in_wheel("course_lib/data/more.npz", inner.getvalue())(released.release_folder("ps1"))
    assert any("secret" in leak for leak in find_leaks(released, "ps1"))


def test_a_text_in_a_table_is_read_by_the_leak_test(released):
    """Tables are compressed: their texts must be looked through as well."""
    texts = opened(released.release_folder("ps1"))
    assert any("Count to two." in text for name, text in texts.items() if "double.npz" in name)


def test_the_release_holds_notebook_wheel_readme_and_the_assignments_files(released):
    folder = released.release_folder("ps1")
    there = {path.name for path in folder.iterdir()}
    assert there == {"ps1.ipynb", WHEEL_NAME, "README.md", "data.csv"}


def test_solutions_become_three_dots_and_answers_stand_as_none(released):
    notebook = nbformat.read(released.release_folder("ps1") / "ps1.ipynb", as_version=4)
    sources = [cell.source for cell in notebook.cells]
    assert "# @answer double\ndef double(x):\n    ..." in sources
    assert "# @answer why\nanswer_why = None\n..." in sources
    assert "assert triple(1) == 3" in sources


def test_the_readme_tells_students_how_to_start_and_to_hand_in(released):
    text = (released.release_folder("ps1") / "README.md").read_text()
    for needed in ("# Doubling", WHEEL_NAME, "ps1.ipynb", "Colab", "hand in", "jupyter lab"):
        assert needed in text


def test_a_second_release_replaces_the_first(released):
    (released.release_folder("ps1") / "course_lib-0.0.1-py3-none-any.whl").write_text("old")
    report = release(released, "ps1")
    assert report.points == 12
    assert [path.name for path in report.folder.glob("*.whl")] == [WHEEL_NAME]
    assert report.wheel.exists()
    assert report.readme.exists()
    assert [path.exists() for path in report.notebooks] == [True]


def test_the_wheels_url_is_filled_in_and_known_to_the_gradebook(course):
    url = f"https://example.org/course/{WHEEL_NAME}"
    report = release(course, "ps1", wheel_url=url)
    first = nbformat.read(report.notebooks[0], as_version=4).cells[0]
    assert first.source.startswith(f'WHEEL_URL = "{url}"  # filled in')


# -- complaints ------------------------------------------------------------------------------


def change_source(course, change):
    path = course.source_folder("ps1") / "ps1.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change({cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if cell.metadata})
    notebook.cells = [cell for cell in notebook.cells if cell.source]
    nbformat.write(notebook, path)


def set_points(cells):
    cells["check_double"].metadata.nbgrader.points = 5


def drop_question(cells):
    cells["why"].source = ""


def make_plain(cells):
    cells["pairs"].metadata.nbgrader.grade = False
    del cells["pairs"].metadata.nbgrader["points"]


def drop_marker(cells):
    cells["explain"].source = cells["explain"].source.replace("<!-- @answer explain -->", "Go:")


def drop_variable(cells):
    cells["why"].source = cells["why"].source.replace("answer_why = None\n", "")


def same_id(cells):
    cells["triple"].metadata.nbgrader.grade_id = "double"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (set_points, "check_double: the cell is worth 5 points, the registry says 4"),
        (drop_question, "no cell has the grade_id 'why'"),
        (make_plain, "pairs: the cell must be a question's cell"),
        (drop_marker, "explain: the cell's first line must be '<!-- @answer explain -->'"),
        (drop_variable, "the line 'answer_why = None' must stand above"),
        (same_id, "the grade_id 'double' is there twice"),
    ],
)
def test_a_source_that_does_not_fit_the_registry_is_not_released(course, change, complaint):
    change_source(course, change)
    with pytest.raises(ReleaseError, match=re.escape(complaint)):
        release(course, "ps1")
    assert not course.release_folder("ps1").exists()


def test_all_complaints_come_at_once(course):
    change_source(course, lambda cells: (set_points(cells), drop_question(cells)))
    with pytest.raises(ReleaseError) as error:
        release(course, "ps1")
    assert len(str(error.value).splitlines()) == 3


@pytest.mark.parametrize("url", ["ftp://example.org/" + WHEEL_NAME, "https://example.org/latest"])
def test_a_url_that_pip_cannot_use_is_refused(course, url):
    with pytest.raises(ReleaseError, match="must begin with https:// and end with"):
        release(course, "ps1", wheel_url=url)


def test_nbgraders_own_complaints_are_passed_on(course):
    def nest(cells):
        cells["triple"].source += "\n### BEGIN SOLUTION"

    change_source(course, nest)
    with pytest.raises(ReleaseError, match=r"(?s)No end solution statement found.*return 3 \* x"):
        release(course, "ps1")


def test_cells_cannot_be_added_once_there_are_submissions(released):
    record(released, Result("al", "ps1", ()))
    change_source(released, lambda cells: cells["triple"].metadata.nbgrader.update(grade_id="new"))
    with pytest.raises(ReleaseError, match="because there are submissions associated"):
        release(released, "ps1")


def test_an_assignment_without_source_is_a_usage_error(course):
    shutil.rmtree(course.source_folder("ps1"))
    with pytest.raises(UsageError, match="no notebook in"):
        release(course, "ps1")


# -- wheel -----------------------------------------------------------------------------------


def test_the_wheel_is_the_same_whenever_it_is_built(course, tmp_path):
    one, two = (tmp_path / name for name in ("one", "two"))
    one.mkdir()
    two.mkdir()
    wheels = [build_wheel(course.assignments.values(), folder) for folder in (one, two)]
    assert wheels[0].name == f"course_lib-{course_lib.__version__}-py3-none-any.whl"
    assert wheels[0].read_bytes() == wheels[1].read_bytes()


def test_the_wheel_holds_course_lib_with_the_data_of_this_course_alone(released, tmp_path):
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(released.release_folder("ps1") / WHEEL_NAME) as wheel:
        wheel.extractall(unpacked)
    assert {path.name for path in unpacked.iterdir()} == {
        "course_lib",
        f"course_lib-{course_lib.__version__}.dist-info",
    }
    data = unpacked / "course_lib" / "data"
    assert {path.name for path in data.glob("*/*")} == {
        "double.npz",
        "why.json",
        "pairs.json",
        "explain.json",
        "ps1.json",
    }
    assert table.load(data / "exercises" / "double.npz").points == 4


def test_students_depend_on_what_the_root_project_says_they_have():
    import tomllib

    student = tomllib.loads(shipped("student/pyproject.toml").read_text())["project"]
    root = tomllib.loads(shipped("pyproject.toml").read_text())["project"]
    theirs = student["dependencies"]
    assert theirs == root["dependencies"][: len(theirs)]
    assert student["requires-python"] == root["requires-python"]
    assert student["license"] == root["license"]
    comments = shipped("pyproject.toml").read_text()
    first_block = comments.partition("# what instructors need besides")[0]
    assert all(f'"{each}"' in first_block for each in theirs)
    assert first_block.count(">=") == len(theirs) + 2  # hatchling and Python stand there too


# -- the course of the repository ------------------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    course = Course.load(init(tmp_path_factory.mktemp("real") / "course"))
    for assignment in course.assignments:
        release(course, assignment)
    return course


def test_the_repositorys_own_assignments_are_released_without_a_leak(real):
    assert real.assignments
    assert [leak for name in real.assignments for leak in find_leaks(real, name)] == []


# -- what solves an exercise comes after it -----------------------------------------------------

LIBRARYS = {
    "train_step": {"distill", "gradient_step", "step_on"},
    "distill": {"gradient_step", "step_on"},
}
"""What course_lib has by another name than the exercise that it solves."""


def solving(exercise):
    return {exercise, *LIBRARYS.get(exercise, ())}


def taken_from_library(source):
    """The names that code takes from course_lib: imported, or as attributes of its modules."""
    code = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    tree = ast.parse("\n".join(code))
    names, modules = set(), {"course_lib"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("course_lib"):
            names |= {each.name for each in node.names}
            modules |= {each.asname or each.name for each in node.names}
        if isinstance(node, ast.Import):
            modules |= {each.asname for each in node.names if each.name.startswith("course_lib")}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            root = ast.unparse(node).partition(".")[0]
            names |= {node.attr} if root in modules else set()
    return names


def too_early(notebook, unwritten):
    """What code cells take that solves an exercise whose answer cell has not come yet."""
    unwritten, early = set(unwritten), []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        taken = taken_from_library(cell.source)
        early += [
            f"{exercise}: {name}"
            for exercise in sorted(unwritten)
            for name in sorted(taken & solving(exercise) | taken & {"*"})
        ]
        unwritten.discard(cell.metadata.get("nbgrader", {}).get("grade_id"))
    return early


@pytest.mark.parametrize("assignment_id", list(ASSIGNMENTS))
def test_a_notebook_takes_nothing_that_solves_what_students_have_not_written(real, assignment_id):
    order = list(ASSIGNMENTS)
    to_come = order[order.index(assignment_id) :]
    unwritten = {each.id for id in to_come for each in ASSIGNMENTS[id].exercises}
    for path in real.release_folder(assignment_id).glob("*.ipynb"):
        assert too_early(nbformat.read(path, as_version=4), unwritten) == []


@pytest.mark.parametrize(
    "line",
    [
        "from course_lib.training import distill",
        "from course_lib.training import distill as thorough",
        "from course_lib.training.distillation import distill",
        "from course_lib.training.step import gradient_step",
        "from course_lib.training import *",
        "from course_lib import training\ntraining.distill()",
        "import course_lib.training\nf = course_lib.training.distill",
        "import course_lib.training as t\nf = t.gradient_step",
        "def late():\n    from course_lib.training import distill",
    ],
)
def test_a_solution_that_is_taken_too_early_is_found(line):
    def notebook(*sources):
        cells = [nbformat.v4.new_code_cell(each) for each in sources]
        cells[sources.index("written")].metadata["nbgrader"] = {"grade_id": "distill"}
        return nbformat.v4.new_notebook(cells=cells)

    assert too_early(notebook("import torch", line, "written"), {"distill"})
    assert not too_early(notebook("import torch", "written", line), {"distill"})


def test_what_the_library_has_by_another_name_is_there():
    for name in set().union(*LIBRARYS.values()):
        assert any(
            f"\ndef {name}(" in path.read_text()
            for path in (Path(course_lib.__file__).parent / "training").glob("*.py")
        )


def test_an_assignment_of_plain_nbgrader_cells_is_left_to_nbgraders_own_command(course):
    (course.root / "source" / "hw").mkdir()
    with pytest.raises(ReleaseError, match="nbgrader generate_assignment hw"):
        release(course, "hw")
