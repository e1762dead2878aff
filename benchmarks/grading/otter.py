"""The peer otter-grader: in an environment of its own, which borrows the course's torch."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import nbformat

from benchmarks.grading import classic, meter
from benchmarks.grading.courses import ASSIGNMENT, ENVIRONMENT, submission

HERE = Path(__file__).resolve().parent
VENV = HERE.parents[1] / "build" / "grading-otter"
REQUIREMENTS = HERE / "requirements.txt"


def install() -> None:
    """Make the environment, if it is not there. Raises `CalledProcessError`.

    Its own packages come first; torch and Jupyter are found in the environment that runs this.
    """
    stamp = VENV / REQUIREMENTS.name
    if stamp.exists() and stamp.read_text() == REQUIREMENTS.read_text():
        return
    make = [sys.executable, "-m", "venv", "--without-pip", "--clear", str(VENV)]
    subprocess.run(make, check=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = VENV / "lib" / version / "site-packages"
    borrowed = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n"
    (packages / "course.pth").write_text(borrowed)
    pip = [sys.executable, "-m", "pip", "--python", str(VENV / "bin" / "python")]
    install = [*pip, "install", "-qq", "--no-deps", "-r", str(REQUIREMENTS)]
    subprocess.run(install, check=True)
    stamp.write_text(REQUIREMENTS.read_text())


def prepare(folder: Path) -> None:
    """Write the autograder.zip with the tests into `folder`."""
    with zipfile.ZipFile(folder / "autograder.zip", "w") as made:
        for name in classic.TESTS:
            made.writestr(f"tests/{name}.py", classic.otter_test(name))
        made.writestr("otter_config.json", '{"pdf": false}')


def grade(course: Path, student: str, folder: Path) -> tuple[meter.Spent, dict[str, float]]:
    """Run `otter run` on what a student of a classic course handed in: its cost, and the marks."""
    place = folder / student
    place.mkdir(parents=True)
    notebook = nbformat.read(submission(course, student), as_version=4)
    nbformat.write(classic.for_otter(notebook), place / f"{ASSIGNMENT}.ipynb")
    command = [str(VENV / "bin" / "python"), "-m", "otter", "run", f"{ASSIGNMENT}.ipynb"]
    command += ["-a", str(folder / "autograder.zip"), "-o", str(place), "--no-logo"]
    environment = ENVIRONMENT | {"PATH": f"{VENV / 'bin'}:{ENVIRONMENT['PATH']}"}
    spent = meter.run(command, place, environment=environment)
    results = json.loads((place / "results.json").read_text())["tests"]
    return spent, {
        each["name"]: float(each.get("score", 0))
        for each in results
        if each["name"] in classic.TESTS
    }
