"""The watch sees what a process and its descendants use together."""

import os
import subprocess
import sys
import time

import pytest

from autograder.records import Limits
from autograder.sandbox.watch import Watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the watch reads /proc")

FORKS = """
import os, sys, time
if sys.argv[2:]: held = bytearray(int(sys.argv[2])); held[::4096] = b"x" * len(held[::4096])
for _ in range(int(sys.argv[1])):
    if os.fork() == 0: time.sleep(100)
print(flush=True)
time.sleep(100)
"""


@pytest.fixture
def forks():
    """Start a process with `count` children, which share `held` bytes with it."""
    started = []

    def start(count, held=0):
        process = subprocess.Popen(
            [sys.executable, "-c", FORKS, str(count), str(held)],
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        started.append(process)
        process.stdout.readline()
        return process.pid

    yield start
    for process in started:
        os.killpg(process.pid, 9)
        process.wait()
        process.stdout.close()


def test_too_many_processes_are_noticed(forks):
    pid = forks(5)
    assert Watch(pid, Limits(processes=6)).look() is None
    assert Watch(pid, Limits(processes=5)).look() == "more than 5 processes"


def test_memory_that_forks_share_is_counted_once(forks):
    watch = Watch(forks(5, held=50 << 20), Limits(memory_bytes=150 << 20))
    assert watch.look() is None
    assert 50 << 20 < watch.peak_bytes < 150 << 20


def test_too_much_memory_is_noticed(forks):
    watch = Watch(forks(1, held=50 << 20), Limits(memory_bytes=40 << 20))
    assert watch.look() == "more than 40 MiB of memory"


def test_a_process_that_is_gone_uses_nothing():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    watch = Watch(process.pid, Limits())
    assert watch.look() is None
    assert not watch.peak_bytes


def test_a_look_is_cheap(forks):
    watch = Watch(forks(20), Limits())
    began = time.perf_counter()
    watch.look()
    assert time.perf_counter() - began < 0.2
