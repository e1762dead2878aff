"""Frames over a connected socket: what one end sends, the other receives, whole or not at all."""

from __future__ import annotations

import socket
import time

from course_lib.checks.values import Value

from .wire import LENGTHS, check_lengths, pack, unpack

_CHUNK = 1 << 18  # bytes


class Closed(ConnectionError):
    """The other end is gone."""


class Channel:
    """Values to and from the process at the other end of `line`.

    `received` counts the bytes of all frames so far, so that a reader can put a cap on their sum.
    """

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._buffer = bytearray()
        self.received = 0

    def fileno(self) -> int:
        return self._line.fileno()

    def close(self) -> None:
        self._line.close()

    def send(self, value: Value, seconds: float | None = None) -> None:
        """Raises `WireError` if it cannot be packed, `Closed`, or `TimeoutError`."""
        self.send_frame(pack(value), seconds)

    def receive(self, seconds: float | None = None) -> Value:
        """The next value. Raises `WireError`, `Closed`, or `TimeoutError`.

        After a `TimeoutError` the part that has come is kept, and the next call goes on from it.
        """
        return unpack(self.receive_frame(seconds))

    def send_frame(self, frame: bytes | bytearray, seconds: float | None = None) -> None:
        self._line.settimeout(seconds)
        try:
            self._line.sendall(frame)
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed(str(error)) from None

    def receive_frame(self, seconds: float | None = None) -> bytes:
        deadline = None if seconds is None else time.monotonic() + seconds
        self._fill(LENGTHS.size, deadline)
        header_size, body_size = LENGTHS.unpack_from(self._buffer)
        check_lengths(header_size, body_size)
        size = LENGTHS.size + header_size + body_size
        self._fill(size, deadline)
        frame = bytes(self._buffer[:size])
        del self._buffer[:size]
        self.received += size
        return frame

    def _fill(self, size: int, deadline: float | None) -> None:
        """Read until the buffer holds `size` bytes, and never more than that."""
        while len(self._buffer) < size:
            self._line.settimeout(
                None if deadline is None else max(deadline - time.monotonic(), 1e-4)
            )
            try:
                part = self._line.recv(min(_CHUNK, size - len(self._buffer)))
            except TimeoutError:
                raise
            except OSError as error:
                raise Closed(str(error)) from None
            if not part:
                raise Closed("the other end has closed the line")
            self._buffer += part
