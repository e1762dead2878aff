"""Cell ids as format 4.5 wants them: there, well-formed, and each once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

_WELL_FORMED = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def unique_ids(wanted: Iterable[object]) -> list[str]:
    """An id for each cell: the wanted one at its first occurrence, else a new one.

    The same input gives the same ids, so that a regrade writes the same file.

    >>> unique_ids(["a", "a", None, "no spaces"])
    ['a', 'cell-1', 'cell-2', 'cell-3']
    """
    texts = [each if isinstance(each, str) else "" for each in wanted]
    fresh = (each for number in count(1) if (each := f"cell-{number}") not in texts)
    ids: list[str] = []
    used: set[str] = set()
    for text in texts:
        ids.append(text if _WELL_FORMED.fullmatch(text) and text not in used else next(fresh))
        used.add(ids[-1])
    return ids
