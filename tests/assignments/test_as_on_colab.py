"""The release as Colab runs it: a bare Python with torch, no course folder, no .ipynb at hand."""

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.demo.run import ASSIGNMENT


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """A kernel whose Python has every library of this one, but no course_lib and no autograder."""
    folder = tmp_path_factory.mktemp("colab")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    # What an editable install adds hangs on .pth files, which Python reads in its own folder only.
    libraries = sysconfig.get_path("purelib")
    found = subprocess.run([python, "-c", "import site; print(site.getsitepackages()[0])"],
                           check=True, capture_output=True, text=True)  # fmt: skip
    (Path(found.stdout.strip()) / "libraries.pth").write_text(libraries + "\n")
    spec = folder / "kernels" / "colab"
    spec.mkdir(parents=True)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    environment = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    (spec / "kernel.json").write_text(
        json.dumps({"argv": argv, "language": "python", "display_name": "c", "env": environment})
    )
    return folder


def test_the_release_runs_from_top_to_bottom(released, kernel, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", str(kernel))
    release = released.release_folder(ASSIGNMENT)
    for wheel in release.glob("*.whl"):
        shutil.copy(wheel, tmp_path)
    notebook = nbformat.read(release / f"{ASSIGNMENT}.ipynb", as_version=4)
    notebook.cells.append(
        nbformat.v4.new_code_cell(
            "import importlib.util, course_lib\n"
            "print(course_lib.__file__, importlib.util.find_spec('autograder'))"
        )
    )
    NotebookClient(
        notebook, timeout=120, kernel_name="colab", resources={"metadata": {"path": tmp_path}}
    ).execute()
    said = "".join(
        output.text
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.output_type == "stream"
    )
    assert "Setup complete" in said
    last = notebook.cells[-1].outputs[0].text
    assert str(kernel) in last
    assert last.strip().endswith("None")
