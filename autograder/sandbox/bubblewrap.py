"""The rung of namespaces: a command line for bubblewrap.

Inside stand, for reading only, the system's programs and libraries, the Python environment without
this package, and the program's folders; everything that can be written to lies in memory, is
limited in size, and is gone with the last process. There is no network, and of /proc only what
libraries ask about the processor.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from autograder.records import Limits
from autograder.sandbox.equipment import Equipment
from autograder.sandbox.interpreter import Interpreter, find_interpreter
from autograder.sandbox.isolation import Program

ROOT = Path("/grader")
HOME = Path("/home/student")
FOLDER = HOME / "notebook"
_PASSWD = "student:x:1000:1000:student:/home/student:/bin/sh\n"
_SHARED_MEMORY = 64 << 20  # bytes
_EMPTY = 4096  # bytes
# Not all of /usr: a project may well lie in /usr/src or /usr/local/share.
_SYSTEM = ("bin", "sbin", "lib", "lib32", "lib64", "libexec", "share", "local/bin", "local/lib")
_USUAL_NODES = ("null", "zero", "full", "random", "urandom")
FROM_ETC = ("ld.so.cache", "fonts", "alternatives")
ABOUT_PROCESSOR = ("/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu")


class Command:
    """A bubblewrap command line, and the descriptors that it reads.

    The arguments go through a descriptor: the sandboxed process could read its ancestor's command
    line, and with it how this machine's folders are called.
    """

    def __init__(self, bwrap: Path, program: Program, limits: Limits):
        interpreter = find_interpreter()
        self._files: list[int] = []
        arguments = [
            *("--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net"),
            *("--unshare-uts", "--unshare-cgroup-try", "--uid", "1000", "--gid", "1000"),
            *("--hostname", "guest", "--die-with-parent", "--new-session"),
            *_system(),
            *_equipment(program.equipment),
            *self._python(interpreter),
            *_folders(program),
            *self._file("/etc/passwd", _PASSWD),
            *_writable(limits, program.equipment),
            *_masks(
                [
                    *interpreter.shown,
                    *map(Path, shown_by_system()),
                    *program.equipment.readable,
                ],
                interpreter,
            ),
            *("--remount-ro", "/", "--chdir", str(FOLDER)),
        ]
        source = self._descriptor("".join(f"{argument}\0" for argument in arguments))
        self.argv = [
            *(str(bwrap), "--args", str(source), "--"),
            *(str(interpreter.executable), "-I", "-B", "-c", program.code, str(ROOT)),
            *program.arguments,
        ]
        self.environment = _environment(interpreter, program.equipment)

    @property
    def descriptors(self) -> tuple[int, ...]:
        return tuple(self._files)

    def close(self) -> None:
        """Close what only bubblewrap had to read."""
        while self._files:
            os.close(self._files.pop())

    def _python(self, interpreter: Interpreter) -> list[str]:
        arguments: list[str] = []
        for outside, inside in interpreter.shown.items():
            arguments += ["--ro-bind", str(outside), str(inside)]
        for link, target in interpreter.links.items():
            arguments += ["--symlink", str(target), str(link)]
        if interpreter.config:
            arguments += self._file(str(interpreter.config_path), interpreter.config)
        return arguments

    def _file(self, path: str, text: str) -> list[str]:
        return ["--ro-bind-data", str(self._descriptor(text)), path]

    def _descriptor(self, text: str) -> int:
        with tempfile.TemporaryFile() as file:
            file.write(text.encode("utf-8", "surrogateescape"))
            file.seek(0)
            self._files.append(os.dup(file.fileno()))
        return self._files[-1]


def shown_by_system() -> list[str]:
    """The folders of the system's programs and libraries."""
    return [str(folder) for name in _SYSTEM if (folder := Path("/usr") / name).is_dir()]


def _system() -> list[str]:
    arguments: list[str] = []
    for folder in shown_by_system():
        arguments += ["--ro-bind", folder, folder]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        folder = f"/{name}"
        if Path(folder).is_symlink():
            arguments += ["--symlink", os.readlink(folder), folder]
        else:
            arguments += ["--ro-bind-try", folder, folder]
    for name in FROM_ETC:
        arguments += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return arguments


def _equipment(equipment: Equipment) -> list[str]:
    """What is read besides, and what libraries ask about the processor.

    A GPU's driver needs /proc. Each guest makes one of its own, which the kernel grants only if
    nothing lies over any file of this one.
    """
    arguments = ["--proc", "/proc"] if equipment.gpu else []
    for path in (*ABOUT_PROCESSOR, *map(str, equipment.readable)):
        if not (equipment.gpu and path.startswith("/proc/")):
            arguments += ["--ro-bind-try", path, path]
    return arguments


def _folders(program: Program) -> list[str]:
    arguments = ["--dir", str(ROOT)]
    for name, folder in program.folders.items():
        arguments += ["--ro-bind", str(folder.resolve()), str(ROOT / name)]
    return arguments


def _writable(limits: Limits, equipment: Equipment) -> list[str]:
    """Devices, and folders in memory.

    Bubblewrap's own /dev is one without a limit, so it is closed again.
    """
    size = str(limits.file_bytes)
    return [
        *_devices(equipment),
        *("--size", str(_SHARED_MEMORY), "--tmpfs", "/dev/shm"),
        *("--remount-ro", "/dev", "--size", size, "--tmpfs", "/tmp"),
        *("--size", size, "--tmpfs", str(HOME), "--dir", str(FOLDER)),
    ]


def _devices(equipment: Equipment) -> list[str]:
    """/dev with the usual nodes, and those of the equipment.

    For --dev bubblewrap becomes root of a namespace, and if it was root before, then covers parts
    of /proc. With a GPU there must be nothing over that, so it gets the nodes one by one.
    """
    arguments = ["--dev", "/dev"]
    if equipment.gpu:
        arguments = ["--tmpfs", "/dev", "--symlink", "/proc/self/fd", "/dev/fd"]
        for name in _USUAL_NODES:
            arguments += ["--dev-bind", f"/dev/{name}", f"/dev/{name}"]
    for node in equipment.devices:
        arguments += ["--dev-bind", str(node), f"/dev/{node.name}"]
    return arguments


def _masks(shown: list[Path], interpreter: Interpreter) -> list[str]:
    """Empty folders over this package, and over the course if it lies inside what is shown."""
    course = Path.cwd().resolve()
    masked = list(interpreter.masked)
    for outside in shown:
        if course != outside and course.is_relative_to(outside):
            inside = interpreter.shown.get(outside, outside) / course.relative_to(outside)
            masked.append(inside)
    arguments: list[str] = []
    for folder in masked:
        arguments += ["--size", str(_EMPTY), "--tmpfs", str(folder), "--remount-ro", str(folder)]
    return arguments


def _environment(interpreter: Interpreter, equipment: Equipment) -> dict[str, str]:
    search = [interpreter.executable.parent, "/usr/local/bin", "/usr/bin", "/bin"]
    return {
        "HOME": str(HOME),
        "PATH": ":".join(map(str, search)),
        **equipment.variables(interpreter.library_path),
    }
