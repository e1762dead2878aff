"""What travels between the grader and its workers: files there, a transcript back.

A worker runs students' code, though in a sandbox: what comes from it is data in the wire's form,
checked as if it came from a guest.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from autograder.guest.messages import check_outputs, decode_answer, encode_answer
from autograder.guest.wire import LENGTHS, WireError, check_lengths, pack, unpack
from autograder.records import CellRun, Job, Problem, Transcript
from course_lib.checks.values import Value

MOST_FILES = 256 << 20  # bytes of one submission

_OUTCOMES = ("ok", "error", "timeout", "died", "skipped")


def read_files(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """The regular files in `folder` by relative name, and the names of what is left out.

    Left out are links, pipes and the like, and whatever is more than `MOST_FILES` together.
    """
    files: dict[str, bytes] = {}
    left_out: list[str] = []
    room = MOST_FILES
    for parent, _, names in os.walk(folder):
        for name in sorted(names):
            relative = os.path.relpath(os.path.join(parent, name), folder)
            content = _read(os.path.join(parent, name), room)
            if content is None:
                left_out.append(relative)
            else:
                files[relative] = content
                room -= len(content)
    return files, left_out


def _read(path: str, most: int) -> bytes | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            return None
        return file.read(status.st_size)


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


# -- transcripts -----------------------------------------------------------------------------


def pack_transcript(transcript: Transcript) -> bytes:
    """A frame for the whole, then one for each cell's run and one for each answer."""
    frames = [pack(_head(transcript))]
    for index, run in transcript.cells.items():
        frames.append(pack([index, run.outcome, list(run.outputs), run.seconds, run.detail]))
    for index, answers in transcript.answers.items():
        for probe, answer in answers.items():
            frames.append(pack([index, probe, encode_answer(answer)]))
    return b"".join(frames)


def _head(transcript: Transcript) -> Value:
    return {
        "cells": len(transcript.cells),
        "reached": list(transcript.answers),
        "rung": transcript.rung,
        "restarts": transcript.restarts,
        "seconds": transcript.seconds,
        "memory_bytes": transcript.memory_bytes,
        "problems": [[each.kind, each.says, each.advice] for each in transcript.problems],
    }


def unpack_transcript(packed: bytes, job: Job) -> Transcript:
    """The transcript of `job`. Raises `WireError` for anything that cannot be one."""
    frames = _frames(packed)
    head = next(frames, None)
    match head:
        case {
            "cells": int(count),
            "reached": list(reached),
            "rung": str(rung),
            "restarts": int(restarts),
            "seconds": float(seconds),
            "memory_bytes": int() | None as memory_bytes,
            "problems": list(problems),
        } if set(reached) <= job.probes.keys():
            pass
        case _:
            raise WireError("a transcript without a head")
    cells = dict(_cell(frame, job) for frame in islice(frames, max(count, 0)))
    answers: dict[int, dict[str, object]] = {index: {} for index in reached}
    for frame in frames:
        match frame:
            case [int(index), str(name), plain] if index in answers:
                probe = next((each for each in job.probes[index] if each.id == name), None)
                if probe is None:
                    raise WireError("an answer to a probe that was not sent")
                answers[index][name] = decode_answer(plain, probe)
            case _:
                raise WireError("an answer without its probe")
    return Transcript(
        job.id,
        cells,
        answers,  # type: ignore[arg-type]
        rung,
        restarts,
        seconds,
        memory_bytes,
        tuple(map(_problem, problems)),
    )


def _cell(frame: Value, job: Job) -> tuple[int, CellRun]:
    match frame:
        case [int(index), str(outcome), outputs, float(seconds), str(detail)] if (
            outcome in _OUTCOMES and 0 <= index < len(job.notebook.cells)
        ):
            return index, CellRun(outcome, check_outputs(outputs), seconds, detail)  # type: ignore[arg-type]
    raise WireError("a cell's run that is none")


def _problem(plain: Value) -> Problem:
    match plain:
        case [str(kind), str(says), str(advice)]:
            return Problem(kind, says, advice)
    raise WireError("a problem that is none")


def _frames(packed: bytes) -> Iterator[Value]:
    position = 0
    while position < len(packed):
        if position + LENGTHS.size > len(packed):
            raise WireError("bytes that are no frame")
        lengths = LENGTHS.unpack_from(packed, position)
        check_lengths(*lengths)
        end = position + LENGTHS.size + sum(lengths)
        yield unpack(packed[position:end])
        position = end
