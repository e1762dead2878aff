"""What the grader believes of a guest that may say anything."""

import os
import socket
import threading
import time

import pytest

from autograder.guest.channel import Channel
from autograder.guest.messages import Task, decode_probes, encode_answer
from autograder.records import Limits
from autograder.sandbox import conversation
from autograder.sandbox.conversation import Conversation, GuestLost
from autograder.sandbox.process import how_it_ended
from course_lib.checks.probe import Answer, Probe, Read

LIMITS = Limits(cell_seconds=0.2, notebook_seconds=5, probe_seconds=0.2, output_bytes=10_000)
TASK = Task({0: "a", 2: "check", 3: "b"}, {0: 1, 2: 2, 3: 3}, {2: ()}, False, 1, 1, 1, 1, 1, 1, 1)
STREAM = {"output_type": "stream", "name": "stdout", "text": "hi"}
DONE = {"kind": "done"}
PROBES = (Probe("one", (Read("v", "v"),)), Probe("two", (Read("v", "v"),)))


def cell(index, outputs=(), outcome="ok", cut=False):
    return {
        "kind": "cell",
        "cell": index,
        "outcome": outcome,
        "outputs": list(outputs),
        "cut": cut,
    }


def snapshot(index):
    return {"kind": "snapshot", "cell": index, "taken": True}


def answer(probe, value, index=2):
    plain = encode_answer(Answer("value", {"v": value}))
    return {"kind": "answer", "cell": index, "probe": probe, "answer": plain}


class RunningProcess:
    """A process that runs for as long as anyone asks."""

    pid = os.getpid()

    def ended(self, seconds=0.0):
        return how_it_ended(139) if seconds else None

    def last_words(self):
        return ""


@pytest.fixture
def line(monkeypatch):
    monkeypatch.setattr(conversation, "GRACE_SECONDS", 0.1)
    monkeypatch.setattr(conversation, "_TALK", 1000)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        talk = Conversation(Channel(ours), RunningProcess(), LIMITS)
        yield talk, Channel(theirs), theirs


def cells(line, *messages):
    talk, guest, _ = line
    for message in messages:
        guest.send(message)
    return list(talk.cells(TASK))


def ask(line, *messages):
    talk, guest, _ = line
    for message in messages:
        guest.send(message)
    return talk.ask(2, PROBES)


def test_reports_come_in_order_and_a_changed_display_comes_again(line):
    reports = cells(
        line, cell(0), snapshot(2), cell(0, [STREAM]), cell(3, outcome="error", cut=True), DONE
    )
    assert [(r.index, r.run.outcome, r.run.outputs, r.cut) for r in reports] == [
        (0, "ok", (), False),
        (2, "skipped", (), False),
        (0, "ok", (STREAM,), False),
        (3, "error", (), True),
    ]


@pytest.mark.parametrize(
    "messages",
    [
        ["anything"],
        [None],
        [{"kind": "cell"}],
        [cell(3)],
        [cell(7)],
        [cell(0, outcome="full marks")],
        [cell(0, [{"output_type": "stream", "name": "stdout", "text": 3}])],
        [cell(0), cell(2)],
        [snapshot(0)],
        [cell(0), snapshot(2), cell(2)],
        [answer("one", 1.0)],
        [cell(0, [STREAM | {"text": "x" * 100_000}])],
    ],
)
def test_a_guest_that_reports_what_is_not_due_is_given_up(line, messages):
    with pytest.raises(GuestLost) as caught:
        cells(line, *messages)
    assert caught.value.how == "garbled"


def test_each_question_arrives_as_it_was_asked(line):
    talk, guest, _ = line
    others = tuple(Probe(f"again {probe.id}", probe.steps) for probe in PROBES)
    for probes in (PROBES, others, PROBES):
        guest.send({"kind": "answered", "cell": 2})
        talk.ask(2, probes)
        assert decode_probes(guest.receive()["probes"]) == probes


def test_bytes_that_are_no_message_are_garbage(line):
    line[2].sendall(b"\x05\0\0\0\0\0\0\0junk!")
    with pytest.raises(GuestLost) as caught:
        cells(line)
    assert caught.value.how == "garbled"


def test_a_guest_that_says_nothing_is_given_up_in_time(line):
    began = time.monotonic()
    with pytest.raises(GuestLost) as caught:
        cells(line)
    assert caught.value.how == "timeout"
    assert time.monotonic() - began < 1


def test_a_guest_that_dribbles_is_given_up_in_time(line):
    def dribble():
        for byte in b"\x40\0\0\0" + bytes(100):
            try:
                line[2].send(bytes([byte]))
            except OSError:
                return
            time.sleep(0.02)

    dribbling = threading.Thread(target=dribble)
    dribbling.start()
    with pytest.raises(GuestLost) as caught:
        cells(line)
    assert caught.value.how == "timeout"
    line[2].close()
    dribbling.join()


def test_a_guest_that_hangs_up_has_died_and_the_reason_is_told(line):
    line[2].close()
    with pytest.raises(GuestLost, match="Segmentation fault") as caught:
        cells(line)
    assert caught.value.how == "died"


def test_answers_are_taken_and_late_outputs_are_not(line):
    late = cell(3, [STREAM | {"text": "hidden input"}])
    answers = ask(line, answer("one", 1.0), late, DONE, {"kind": "answered", "cell": 2})
    assert {id: each.reads for id, each in answers.items()} == {"one": {"v": 1.0}}


@pytest.mark.parametrize(
    "message",
    [
        answer("three", 1.0),
        answer("one", 1.0, index=0),
        answer("one", 1.0) | {"answer": {"outcome": "value"}},
        {"kind": "answered", "cell": 0},
        {"kind": "full marks"},
    ],
)
def test_an_answer_that_was_not_asked_for_ends_the_conversation(line, message):
    with pytest.raises(GuestLost) as caught:
        ask(line, message)
    assert caught.value.how == "garbled"


def test_no_probe_can_be_answered_twice(line):
    with pytest.raises(GuestLost):
        ask(line, answer("one", 1.0), answer("one", 2.0))


def test_idle_talk_does_not_extend_the_time_for_answers(line):
    stop = threading.Event()

    def chatter():
        while not stop.wait(0.02):
            line[1].send(cell(3))

    chattering = threading.Thread(target=chatter)
    chattering.start()
    began = time.monotonic()
    with pytest.raises(GuestLost) as caught:
        ask(line)
    stop.set()
    chattering.join()
    assert caught.value.how == "timeout"
    assert time.monotonic() - began < 3
