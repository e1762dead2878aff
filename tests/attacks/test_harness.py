"""What is to be noticed is noticed: else a corpus that reaches nothing would prove nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time

import pytest
from harness import pages
from harness.canaries import Canaries


@pytest.fixture
def canaries(tmp_path):
    with Canaries(tmp_path)() as made:
        yield made


def until(seen):
    """What is seen, once there is something, within two seconds."""
    deadline = time.monotonic() + 2
    while not seen() and time.monotonic() < deadline:
        time.sleep(0.01)
    return seen()


def test_a_quiet_machine_has_nothing_to_tell(canaries):
    assert canaries.heard() == canaries.signals() == canaries.files() == []
    assert canaries.processes() == canaries.shared_memory() == []


def test_a_file_outside_is_noticed(canaries):
    (canaries.outside / "canary-of-a-test").write_text("here")
    assert len(canaries.files()) == 1


def test_signals_are_noticed_even_those_that_kill(canaries):
    os.kill(canaries.victim.pid, signal.SIGURG)
    assert until(canaries.signals) == [str(int(signal.SIGURG))]
    canaries.victim.kill()
    canaries.victim.wait()
    assert canaries.signals() == ["killed (-9)"]


def test_a_line_to_each_server_is_noticed(canaries):
    with socket.create_connection(("127.0.0.1", canaries.port)) as line:
        line.sendall(b"by port")
    for address in (f"{canaries.outside}/socket", f"\0{canaries.seconds}"):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(address)
            line.sendall(b"by name")
    until(lambda: len(canaries.heard()) == 3)
    assert sorted(canaries.heard()) == ["by name", "by name", "by port"]


def test_a_left_over_process_is_noticed(canaries):
    left = subprocess.Popen(["sleep", canaries.seconds])
    try:
        assert len(canaries.processes()) == 1
    finally:
        left.kill()
        left.wait()


@pytest.mark.parametrize(
    "html",
    [
        "<script>canary_xss()</script>",
        "<img src=x onerror=canary_xss()>",
        "<a href=' java\nscript:canary_xss()'>a</a>",
        "<img src='http://127.0.0.1:1/x'>",
        "<link rel=stylesheet href='http://127.0.0.1:1/x'>",
        "<style>@import 'http://127.0.0.1:1/x';</style>",
        "<p style='background: url(http://127.0.0.1:1/x)'>a</p>",
        "<iframe srcdoc='a'></iframe>",
        "<meta http-equiv=refresh content='0;url=http://127.0.0.1:1'>",
    ],
)
def test_what_acts_in_a_page_is_noticed(html):
    assert len(pages.acts(html)) == 1


def test_code_that_is_shown_as_text_does_not_act():
    shown = "<pre>&lt;script&gt;canary_xss()&lt;/script&gt; http://127.0.0.1:1</pre>"
    assert pages.acts(f"{shown}<a href='http://127.0.0.1:1'>a link</a>") == []
