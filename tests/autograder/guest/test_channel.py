"""A channel carries whole values, keeps what has come of a late one, and notices its end."""

import socket
import struct
import threading

import pytest

from autograder.guest.channel import Channel, Closed
from autograder.guest.wire import WireError, pack
from course_lib.checks.values import tensor


@pytest.fixture
def line():
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def test_values_arrive_in_order_and_are_counted(line):
    sender, receiver = Channel(line[0]), Channel(line[1])
    sender.send({"first": 1})
    sender.send(["second"])
    assert receiver.receive(1.0) == {"first": 1}
    assert receiver.receive(1.0) == ["second"]
    assert receiver.received == len(pack({"first": 1})) + len(pack(["second"]))


def test_a_large_value_arrives_while_it_is_being_sent(line):
    value = tensor([0.5] * 1_000_000)
    sending = threading.Thread(target=Channel(line[0]).send, args=(value,))
    sending.start()
    assert Channel(line[1]).receive(10.0).shape == (1_000_000,)
    sending.join()


def test_a_value_that_is_late_is_received_whole_by_the_next_call(line):
    frame, receiver = pack("a text that comes in two parts"), Channel(line[1])
    line[0].sendall(frame[:20])
    with pytest.raises(TimeoutError):
        receiver.receive(0.01)
    line[0].sendall(frame[20:])
    assert receiver.receive(1.0) == "a text that comes in two parts"


def test_a_message_that_announces_too_much_is_refused_before_it_is_read(line):
    line[0].sendall(struct.pack("<II", 1, 2**31))
    with pytest.raises(WireError, match="at most"):
        Channel(line[1]).receive(1.0)


def test_an_end_in_the_middle_of_a_value_is_an_end(line):
    line[0].sendall(pack([1, 2])[:-1])
    line[0].close()
    with pytest.raises(Closed):
        Channel(line[1]).receive(1.0)


def test_a_reader_who_does_not_read_does_not_hold_the_sender_for_ever(line):
    with pytest.raises(TimeoutError):
        Channel(line[0]).send(tensor([0.0] * 1_000_000), 0.05)
