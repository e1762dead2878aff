"""A class graded on a Dask cluster of two processes, whose workers may be lost."""

import io
import pickle
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from autograder.cluster import client
from autograder.cluster.client import ClusterLost
from autograder.course import Course
from autograder.engine import journal, many
from autograder.engine.kit import Kit, prepare
from autograder.errors import UsageError
from autograder.sandbox.equipment import Equipment

distributed = pytest.importorskip("distributed", reason="Dask is not installed")

from autograder.cluster import worker  # noqa: E402 -- it needs Dask

pytestmark = pytest.mark.long

RIGHT = "import time; time.sleep(0.5)\ndef double(x):\n    return x + x"
# Without isolation, a notebook can do what it likes: it ends the Dask worker above it.
KILLS_ITS_WORKER = """
import os, pathlib, signal
pid = os.getpid()
while pid > 1:
    if b"spawn_main" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
        os.kill(pid, signal.SIGKILL)
    pid = int(pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
"""


@pytest.fixture
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as made:
        yield made


def answer(text):
    def change(notebook):
        (cell,) = (c for c in notebook.cells if c.source.startswith("# @answer double"))
        cell.source = f"# @answer double\n{text}"

    return change


@pytest.fixture
def handed_in(released, hand_in):
    """A course without isolation, so that it runs everywhere."""
    config = released.root / "nbgrader_config.py"
    config.write_text(
        config.read_text().replace("configure(c, ", 'configure(c, isolation="none", ')
    )
    for student, text in (("al", RIGHT), ("bo", RIGHT.replace("+ x", "* 3")), ("cy", RIGHT)):
        hand_in(released, student, answer(text))
    return Course.load(released.root)


def points(results):
    return {each.student: each.points for each in results}


def test_workers_come_to_the_marks_that_are_given_here(handed_in, cluster):
    (handed_in.submission_folder("cy", "ps1") / "note.txt").write_text("hello")
    (handed_in.submission_folder("cy", "ps1") / "link").symlink_to("/etc/passwd")
    results = many.grade(handed_in, "ps1", scheduler=cluster.scheduler_address)
    assert not [each.error for each in results if each.error]
    assert points(results) == {"al": 4.0, "bo": 0.0, "cy": 4.0}
    assert all(n.memory_bytes > 1 << 20 for each in results for n in each.notebooks)
    problems = [p.says for n in results[2].notebooks for p in n.verdict.problems]
    assert any("link" in says for says in problems)
    assert points(many.grade(handed_in, "ps1", force=True)) == points(results)


def test_a_worker_that_is_lost_costs_nothing(handed_in, cluster):
    workers = [worker.pid for worker in cluster.workers.values()]

    def kill():
        while not (handed_in.root / "autograded").exists():
            time.sleep(0.05)
        psutil.Process(workers[0]).kill()

    thread = threading.Thread(target=kill)
    thread.start()
    results = many.grade(handed_in, "ps1", scheduler=cluster.scheduler_address)
    thread.join()
    assert points(results) == {"al": 4.0, "bo": 0.0, "cy": 4.0}
    assert [each["error"] for each in journal.entries(handed_in, "ps1")] == [""] * 3


def test_a_submission_that_kills_its_workers_is_reported_and_costs_nobody_else(
    handed_in, hand_in, cluster
):
    hand_in(handed_in, "di", answer(KILLS_ITS_WORKER))
    results = many.grade(handed_in, "ps1", scheduler=cluster.scheduler_address)
    assert [each.student for each in results if each.error] == ["di"]
    assert "3 workers were lost" in results[3].error
    assert points(results[:3]) == {"al": 4.0, "bo": 0.0, "cy": 4.0}


def test_without_a_scheduler_nothing_is_graded_and_it_is_said(handed_in, monkeypatch):
    monkeypatch.setattr(client, "_CONNECT_SECONDS", 1.0)
    with pytest.raises(ClusterLost, match="no Dask scheduler answers at tcp"):
        many.grade(handed_in, "ps1", scheduler="tcp://127.0.0.1:9")


def test_a_gpu_is_asked_of_the_workers_and_missed_before_anything_is_sent(handed_in, cluster):
    if list(Path("/dev").glob("nvidia[0-9]*")):
        pytest.skip("there is one")
    asked = replace(handed_in, gpu=True)
    with pytest.raises(UsageError, match=r"2 of 2 Dask workers have no GPU; tcp"):
        many.grade(asked, "ps1", scheduler=cluster.scheduler_address)
    assert not list(journal.entries(handed_in, "ps1"))


def test_a_worker_gives_its_gpu_to_its_guests(monkeypatch, tmp_path):
    monkeypatch.setattr(worker, "find_gpu", lambda: Equipment(gpu=True))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("course_lib/__init__.py", "")
    for gpu in (True, False):
        room = worker.Room("room", buffer.getvalue(), "none", gpu)
        room.setup(None)
        assert room.guests().equipment.gpu == gpu
        room.teardown(None)


def test_an_address_that_is_none_is_said(handed_in, monkeypatch):
    monkeypatch.setattr(client, "_CONNECT_SECONDS", 1.0)
    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        many.grade(handed_in, "ps1", scheduler="nonsense://")


def test_what_is_sent_to_a_worker_holds_nothing_that_grades(handed_in, monkeypatch):
    sent = []

    class Recording:
        size = 1

        def execute(self, job):
            sent.append(pickle.dumps(job))
            raise RuntimeError("enough")

        def close(self):
            pass

    with prepare(handed_in, "ps1") as kit:
        fields = {name: getattr(kit, name) for name in Kit.__dataclass_fields__}
        kit = Kit(**fields | {"runner": Recording()})
        many.one.grade(kit, "al", handed_in.submission_folder("al", "ps1"))
    (packed,) = sent
    assert b"double" in packed
    for secret in (b"small_registry", b"secretly_right", b"Assignment", handed_in.secret):
        assert secret not in packed
