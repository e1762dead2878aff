"""What must not be reached: a folder, a port, sockets, a process. Each notes who reached it."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy

import course_lib

_VICTIM = """
import signal, sys, time
def note(number, frame):
    with open(sys.argv[1], "a") as file: print(number, file=file)
for number in {1, 2, 10, 12, 15, 18, 23, 28}: signal.signal(number, note)
print("ready", flush=True)
time.sleep(3600)
"""
_SHARED = ("/proc/sysvipc/shm", "/proc/sysvipc/sem", "/proc/sysvipc/msg")
_PACKAGES = [os.path.dirname(str(module.__file__)) for module in (json, numpy, course_lib)]
_COMMON = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run", "/")


class Canaries:
    """All of them, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.outside = folder / "outside"
        self.home = folder / "home"
        for each in (self.outside, self.home):
            each.mkdir()
        for each in (self.outside, folder, *folder.parents[:2]):
            with contextlib.suppress(PermissionError):  # so that no accident of rights protects it
                each.chmod(each.stat().st_mode | (0o777 if each == self.outside else 0o755))
        self.seconds = f"{600 + secrets.randbelow(99)}.{secrets.randbelow(10**6):06}"
        self._signals = folder / "signals"
        self._heard: list[bytes] = []
        self._shared = _shared_memory()

    @contextlib.contextmanager
    def __call__(self) -> Iterator[Canaries]:
        victim = subprocess.Popen(
            [sys.executable, "-c", _VICTIM, str(self._signals)], stdout=subprocess.PIPE
        )
        assert victim.stdout is not None
        victim.stdout.readline()
        self.victim = victim
        with socket.create_server(("127.0.0.1", 0)) as server, self._sockets() as others:
            self.port: int = server.getsockname()[1]
            for each in (server, *others):
                threading.Thread(target=self._listen, args=(each,), daemon=True).start()
            try:
                yield self
            finally:
                victim.kill()
                victim.wait()
                victim.stdout.close()

    @contextlib.contextmanager
    def _sockets(self) -> Iterator[list[socket.socket]]:
        with socket.socket(socket.AF_UNIX) as named, socket.socket(socket.AF_UNIX) as abstract:
            with tempfile.TemporaryDirectory() as short:  # the name of a socket has 108 bytes
                link = os.path.join(short, "s")
                named.bind(link)
                os.chmod(link, 0o777)
                os.rename(link, self.outside / "socket")
            abstract.bind(f"\0{self.seconds}")
            for each in (named, abstract):
                each.listen()
            yield [named, abstract]

    def _listen(self, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = server.accept()
                with line:
                    line.settimeout(1)
                    said = b"somebody"
                    with contextlib.suppress(OSError):
                        said = line.recv(1000) or said
                    self._heard.append(said)

    # -- what became of them ---------------------------------------------------------------

    def heard(self) -> list[str]:
        return [said.decode("utf-8", "replace") for said in self._heard]

    def signals(self) -> list[str]:
        if self.victim.poll() is not None:
            return [f"killed ({self.victim.returncode})"]
        return self._signals.read_text().split() if self._signals.exists() else []

    def files(self) -> list[str]:
        """Files that attackers have made where they may make none."""
        made = [str(path) for path in self.outside.iterdir() if path.name != "socket"]
        made += [str(path) for path in self.home.rglob("*canary-*")]
        for place in (*_COMMON, *sys.path, *_PACKAGES):
            with contextlib.suppress(OSError):
                made += [f"{place}/{name}" for name in os.listdir(place) if "canary-" in name]
        return made

    def shared_memory(self) -> list[str]:
        return sorted(_shared_memory() - self._shared)

    def processes(self) -> list[str]:
        """Left-over processes, after a moment in which the dead may be buried."""
        for _ in range(20):
            shown = subprocess.run(["ps", "-eo", "pid,comm,args"], capture_output=True, text=True)
            left = [
                line
                for line in shown.stdout.splitlines()
                if f"sleep {self.seconds}" in line or f"cn{self.seconds[:11]}" in line
            ]
            if not left:
                break
            time.sleep(0.1)
        return left


def _shared_memory() -> set[str]:
    """SysV objects by the key that attackers give them."""
    lines: set[str] = set()
    for path in _SHARED:
        with contextlib.suppress(OSError):
            rows = Path(path).read_text().splitlines()[1:]
            lines |= {f"{path} {row.split()[0]}" for row in rows if row.split()[0] == "1936028005"}
    return lines
