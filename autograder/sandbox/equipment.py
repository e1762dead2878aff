"""What guests find besides the Python environment: a GPU, or another language's kernel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Equipment:
    """Paths of this machine that a program is shown where they lie.

    `readable` are for reading and running only; `devices` are nodes of /dev, and folders of them,
    to be used at will. `libraries` are searched for shared libraries besides the system's. With
    `gpu`, CUDA's devices are not hidden, and each guest sees its own processes in /proc.
    """

    readable: tuple[Path, ...] = ()
    devices: tuple[Path, ...] = ()
    libraries: tuple[Path, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()  # names and values
    gpu: bool = False

    def __or__(self, other: Equipment) -> Equipment:
        """Both together."""
        return Equipment(
            self.readable + other.readable,
            self.devices + other.devices,
            self.libraries + other.libraries,
            self.environment + other.environment,
            self.gpu or other.gpu,
        )

    def variables(self, library_path: Path | None = None) -> dict[str, str]:
        """The environment variables that come of it. `library_path` is searched first."""
        variables = dict(self.environment)
        if not self.gpu:
            variables["CUDA_VISIBLE_DEVICES"] = ""  # none, even where its nodes can be opened
        searched = [*([library_path] if library_path else []), *self.libraries]
        if searched:
            variables["LD_LIBRARY_PATH"] = ":".join(map(str, searched))
        return variables


NOTHING = Equipment()
