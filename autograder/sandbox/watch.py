"""Watch what a guest's processes use together, which limits on single processes cannot bound.

Read from /proc, on Linux, for descendants that still have their ancestor; elsewhere nothing is
seen and nothing is bounded. Limits on each process are set in the guest itself.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from autograder.records import Limits


class Watch:
    """The processes that come from `pid`.

    `peak_bytes` is the most memory that one of them held, None as long as nothing was seen.
    """

    def __init__(self, pid: int, limits: Limits) -> None:
        self._pid, self._limits = pid, limits
        self.peak_bytes: int | None = None

    def look(self) -> str | None:
        """One look at all of them. Returns what they have too much of, None if nothing."""
        resident = 0
        for count, pid in enumerate(self._processes(), 1):
            if count > self._limits.processes:
                return f"more than {self._limits.processes} processes"
            status = _fields(Path(f"/proc/{pid}/status"))
            resident += status.get("VmRSS", 0)
            self.peak_bytes = max(self.peak_bytes or 0, status.get("VmHWM", 0))
        # Forks share most of their pages, so only the dearer measure can say that it is too much.
        if resident > self._limits.memory_bytes and self._shared_out() > self._limits.memory_bytes:
            return f"more than {self._limits.memory_bytes >> 20} MiB of memory"
        return None

    def _shared_out(self) -> int:
        """Memory of all processes in bytes, each shared page counted once."""
        return sum(
            _fields(Path(f"/proc/{pid}/smaps_rollup")).get("Pss", 0) for pid in self._processes()
        )

    def _processes(self) -> Iterator[int]:
        """The descendants; bubblewrap itself, whose memory is nothing, is one of the ancestors."""
        todo = [self._pid]
        while todo:
            pid = todo.pop()
            yield pid
            with contextlib.suppress(OSError, ValueError):
                for thread in Path(f"/proc/{pid}/task").iterdir():
                    todo += map(int, (thread / "children").read_text().split())


def _fields(path: Path) -> dict[str, int]:
    """The fields of a file of /proc that are given in kB, in bytes; none if it is gone."""
    with contextlib.suppress(OSError):
        lines = (line.split() for line in path.read_text(errors="replace").splitlines())
        return {
            words[0].rstrip(":"): int(words[1]) * 1024
            for words in lines
            if len(words) == 3 and words[2] == "kB"
        }
    return {}
