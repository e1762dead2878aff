"""The outputs of the cells, collected as nbformat v4 has them and cut while they are written."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import dataclass, field
from typing import Any

from .messages import is_json_type
from .wire import WireError, pack

_OVERHEAD = 256  # bytes that an output counts besides its content: a million empty ones are many
_FOR_ERRORS = 1 << 16  # bytes of a cell's room, at most, that only its error may use
_CUT = "\n[What this cell showed after this was left out: it is too much.]\n"


@dataclass
class CellOutputs:
    """What one cell has shown so far. A stream's "text" is a list of pieces until it is sent."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    spent: int = 0  # bytes
    cut: bool = False
    changed: bool = False  # since it was last sent

    def finished(self) -> list[dict[str, Any]]:
        """The outputs as nbformat has them."""
        return [
            entry | {"text": "".join(entry["text"])} if "text" in entry else dict(entry)
            for entry in self.entries
        ]


class Outputs:
    """All cells' outputs. `per_cell` and `total` are caps in bytes; what is beyond is dropped.

    A cell that reaches a cap ends in one line that says so. Dropping costs nothing: a text is cut
    before it is encoded, and once a cell is full its writes return at once.
    """

    def __init__(self, per_cell: int, total: int) -> None:
        self._per_cell, self._left = per_cell, total
        self._cells: dict[int, CellOutputs] = {}
        self._displays: dict[str, list[tuple[CellOutputs, dict[str, Any]]]] = {}
        self._current = CellOutputs()
        self._clear_first = False
        self.mute()

    def begin(self, cell: int) -> None:
        """Outputs belong to `cell` from now on."""
        self._current = self._cells[cell] = CellOutputs(changed=True)
        self._clear_first = self._muted = False

    def mute(self) -> None:
        """Outputs go nowhere from now on, until the next cell begins."""
        self._muted = True

    def take_changed(self) -> dict[int, CellOutputs]:
        """The cells whose outputs have changed since this was last asked."""
        changed = {index: cell for index, cell in self._cells.items() if cell.changed}
        for cell in changed.values():
            cell.changed = False
        return changed

    # -- what a cell may show ----------------------------------------------------------------

    def stream(self, name: str, text: str) -> None:
        """A piece of stdout or stderr; pieces that follow one another become one output."""
        if self._muted or self._current.cut or not text:
            return
        cell = self._ready()
        last = cell.entries[-1] if cell.entries else {}
        if last.get("name") != name:
            last = {"output_type": "stream", "name": name, "text": []}
            if not self._add(cell, last, _OVERHEAD):
                return
        room = self._room(cell)
        piece = unicode_only(text[:room])
        size = len(piece.encode("utf-8"))
        if len(text) > room or size > room:
            piece = piece.encode("utf-8")[:room].decode("utf-8", "ignore")
            size = len(piece.encode("utf-8"))
        last["text"].append(piece)
        self._spend(cell, size)
        if len(piece) < len(text):
            self._cut(cell)

    def display(
        self, data: dict[str, Any], metadata: dict[str, Any] | None, display_id: str | None = None
    ) -> None:
        entry = {"output_type": "display_data", **clean_bundle(data, metadata)}
        cell = self._ready()
        if self._add(cell, entry, _OVERHEAD + _size(entry)) and display_id is not None:
            self._displays.setdefault(display_id, []).append((cell, entry))

    def update(
        self, data: dict[str, Any], metadata: dict[str, Any] | None, display_id: str
    ) -> None:
        """Show `data` in place of what was displayed under `display_id`, in whatever cell."""
        bundle = clean_bundle(data, metadata)
        for cell, entry in () if self._muted else self._displays.get(display_id, ()):
            growth = _size(bundle) - _size({key: entry[key] for key in bundle})
            if growth > self._room(cell):
                self._cut(cell)
            else:
                entry.update(bundle)
                self._spend(cell, growth)

    def result(
        self, data: dict[str, Any], metadata: dict[str, Any] | None, execution_count: int
    ) -> None:
        bundle = clean_bundle(data, metadata)
        entry = {"output_type": "execute_result", **bundle, "execution_count": execution_count}
        self._add(self._ready(), entry, _OVERHEAD + _size(entry))

    def error(self, ename: str, evalue: str, traceback: list[str]) -> None:
        """An exception, as IPython shows it.

        A part of the room is kept for it: it is what a reader looks for first, and a cell that
        printed too much may fail as well.
        """
        lines = [unicode_only(line)[:2000] for line in traceback[-20:]]
        entry = {
            "output_type": "error",
            "ename": unicode_only(ename)[:200],
            "evalue": unicode_only(evalue)[:2000],
            "traceback": lines,
        }
        cell = self._ready()
        size = _OVERHEAD + _size(entry)
        if not self._muted and size <= self._room(cell, for_errors=True):
            cell.entries.append(entry)
            self._spend(cell, size)

    def clear(self, wait: bool = False) -> None:
        """Forget what the cell has shown: at once, or as soon as it shows something else."""
        self._clear_first = wait
        if not wait:
            self._forget(self._current)

    # -- room --------------------------------------------------------------------------------

    def _room(self, cell: CellOutputs, for_errors: bool = False) -> int:
        kept = 0 if for_errors else min(_FOR_ERRORS, self._per_cell // 8)
        return max(min(self._per_cell - cell.spent, self._left) - kept, 0)

    def _ready(self) -> CellOutputs:
        if self._clear_first:
            self._clear_first = False
            self._forget(self._current)
        return self._current

    def _forget(self, cell: CellOutputs) -> None:
        cell.entries.clear()
        self._spend(cell, -cell.spent)
        cell.cut = False

    def _add(self, cell: CellOutputs, entry: dict[str, Any], size: int) -> bool:
        if self._muted or cell.cut:
            return False
        if size > self._room(cell):
            self._cut(cell)
            return False
        cell.entries.append(entry)
        self._spend(cell, size)
        return True

    def _spend(self, cell: CellOutputs, size: int) -> None:
        cell.spent += size
        self._left -= size
        cell.changed = True

    def _cut(self, cell: CellOutputs) -> None:
        if not cell.cut:
            cell.cut = cell.changed = True
            cell.entries.append({"output_type": "stream", "name": "stderr", "text": [_CUT]})


class CapturedStream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a notebook."""

    encoding = "UTF-8"
    errors = "replace"

    def __init__(self, name: str, outputs: Outputs) -> None:
        self._stream, self._outputs = name, outputs

    @property
    def name(self) -> str:
        return f"<{self._stream}>"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outputs.stream(self._stream, text)
        return len(text)


# -- plain data ------------------------------------------------------------------------------


def clean_bundle(data: dict[str, Any], metadata: dict[str, Any] | None) -> dict[str, Any]:
    """A mime bundle without whatever JSON or the wire cannot carry: those types are left out."""
    kept: dict[str, Any] = {}
    for mime, content in data.items():
        if isinstance(content, bytes):
            content = base64.b64encode(content).decode("ascii")
        plain = _plain(content)
        if plain is not None and (type(plain) is str or is_json_type(mime)):
            kept[unicode_only(str(mime))] = plain
    described = _plain(metadata or {})
    return {"data": kept, "metadata": described if type(described) is dict else {}}


def unicode_only(text: str) -> str:
    """`text` without lone surrogates, which no file can hold; a `str` by its exact type."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _plain(content: Any) -> Any:
    if isinstance(content, str):
        return unicode_only(content)
    try:
        plain = json.loads(json.dumps(content, allow_nan=False))
        pack(plain)
    except (TypeError, ValueError, RecursionError, WireError):
        return None
    return plain


def _size(plain: Any) -> int:
    return len(pack(plain))
