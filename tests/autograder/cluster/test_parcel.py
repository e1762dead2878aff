import os
from pathlib import Path

import nbformat
import numpy as np
import pytest

from autograder.cluster import parcel
from autograder.cluster.parcel import pack_transcript, read_files, unpack_transcript, write_files
from autograder.guest.wire import WireError, pack
from autograder.records import CellRun, Job, Problem, Transcript
from course_lib.checks.probe import Answer, Get, Probe, Read
from course_lib.checks.values import Array

PROBE = Probe("small", (Get("value", "x"), Read("value", "value")))
SHOWN = {"output_type": "stream", "name": "stdout", "text": "twice α\n"}


@pytest.fixture
def job():
    cells = [nbformat.v4.new_code_cell("x = 1"), nbformat.v4.new_code_cell("check(x)")]
    return Job("al/ps1/ps1", nbformat.v4.new_notebook(cells=cells), {1: (PROBE,)})


def transcript(**changes):
    answer = Answer("value", {"value": Array(np.arange(3.0), "float64", "torch", True)})
    fields = {
        "cells": {0: CellRun("ok", (SHOWN,), 0.25), 1: CellRun("skipped", detail="probed")},
        "answers": {1: {"small": answer}},
        "rung": "namespaces",
        "restarts": 1,
        "seconds": 1.5,
        "memory_bytes": 12345,
        "problems": (Problem("timeout", "It took too long.", "Make it shorter."),),
    }
    return Transcript("al/ps1/ps1", **(fields | changes))


def test_a_transcript_comes_back_as_it_was(job):
    sent = transcript()
    got = unpack_transcript(pack_transcript(sent), job)
    answer = got.answers[1]["small"].reads["value"]
    assert (answer.data.tolist(), answer.library, answer.requires_grad) == (
        [0, 1, 2],
        "torch",
        True,
    )
    for field in ("job", "cells", "rung", "restarts", "seconds", "memory_bytes", "problems"):
        assert getattr(got, field) == getattr(sent, field)


def test_a_transcript_without_answers_or_memory_comes_back_too(job):
    got = unpack_transcript(pack_transcript(transcript(answers={}, memory_bytes=None)), job)
    assert (got.answers, got.memory_bytes) == ({}, None)


FORGED = {
    "no transcript": b"",
    "bytes that are no frame": b"\x80\x04\x95 a pickle",
    "an answer to a probe that was not sent": pack_transcript(
        transcript(answers={1: {"other": Answer("missing")}})
    ),
    "answers at a cell without probes": pack_transcript(
        transcript(answers={0: {"small": Answer("missing")}})
    ),
    "reads that the probe does not name": pack_transcript(
        transcript(answers={1: {"small": Answer("value", {"secret": 1})}})
    ),
    "an outcome that does not exist": pack_transcript(transcript(cells={0: CellRun("perfect")})),
    "a cell that does not exist": pack_transcript(transcript(cells={7: CellRun("ok")})),
    "outputs that are none": pack_transcript(
        transcript(cells={0: CellRun("ok", ({"output_type": "marks"},))})
    ),
    "something behind the answers": pack_transcript(transcript()) + pack("more"),
}


@pytest.mark.parametrize("packed", FORGED.values(), ids=FORGED)
def test_what_cannot_be_a_transcript_of_the_job_is_refused(job, packed):
    with pytest.raises(WireError):
        unpack_transcript(packed, job)


# -- files -----------------------------------------------------------------------------------


def test_files_and_folders_arrive(tmp_path):
    there = tmp_path / "there"
    (there / "deep").mkdir(parents=True)
    (there / "data.csv").write_bytes(b"x\n1\n")
    (there / "deep" / "α.bin").write_bytes(bytes(range(256)))
    files, left_out = read_files(there)
    write_files(files, tmp_path / "here")
    assert left_out == []
    assert (tmp_path / "here" / "data.csv").read_bytes() == b"x\n1\n"
    assert (tmp_path / "here" / "deep" / "α.bin").read_bytes() == bytes(range(256))


def test_links_and_pipes_do_not_travel_and_are_named(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("key")
    there = tmp_path / "there"
    (there / "folder").mkdir(parents=True)
    (there / "link").symlink_to(secret)
    (there / "folder" / "up").symlink_to(tmp_path)
    os.mkfifo(there / "pipe")
    assert read_files(there) == ({}, ["link", "pipe"])


def test_what_is_too_much_in_all_is_left_out_and_named(tmp_path, monkeypatch):
    monkeypatch.setattr(parcel, "MOST_FILES", 10)
    for name, size in (("a", 8), ("b", 5), ("c", 2)):
        Path(tmp_path, name).write_bytes(b"x" * size)
    files, left_out = read_files(tmp_path)
    assert (files.keys(), left_out) == ({"a", "c"}, ["b"])
