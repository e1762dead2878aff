"""The example class: what each student handed in, made from the released notebook.

Nobody in it exists. The class has right solutions in different styles, typical mistakes, two
mistakes at once, an untouched copy, broken files, and one student who tries to forge marks.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.demo import answers as a


@dataclass(frozen=True)
class Student:
    """One of the class. `before` maps a grade_id to the source of a cell added before that cell.

    `spoil` changes the file's bytes after it was written.
    """

    id: str
    says: str
    answers: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    change: Callable[[NotebookNode], None] | None = None
    spoil: Callable[[bytes], bytes] | None = None


RIGHT = {
    "kd_loss": a.KD_LOSS_BY_HAND,
    "kd_and_ce": a.KD_AND_CE,
    "kd_grad": a.KD_GRAD,
    "high_T_limit": a.HIGH_T_LIMIT,
    "two_temperatures": a.TWO_TEMPERATURES,
}


def _clear_metadata(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata = NotebookNode()


def _duplicate(notebook: NotebookNode) -> None:
    place = next(
        i
        for i, cell in enumerate(notebook.cells)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "kd_loss"
    )
    first_try = copy.deepcopy(notebook.cells[place])
    first_try["id"] = "kd-loss-first-try"
    first_try.source = "# @answer kd_loss" + a.KD_LOSS_NO_T2
    notebook.cells.insert(place, first_try)


CLASS = (
    Student("ada", "all right, by hand", RIGHT),
    Student(
        "bela",
        "all right, with library calls",
        {
            "kd_loss": a.KD_LOSS_LIBRARY,
            "kd_and_ce": a.KD_AND_CE_GATHER,
            "kd_grad": a.KD_GRAD_AUTOGRAD,
            "high_T_limit": a.HIGH_T_LIMIT_BY_HAND,
            "two_temperatures": a.TWO_TEMPERATURES,
        },
        {"kd_loss": "import torch.nn.functional as F"},
    ),
    Student(
        "chidi",
        "all right, with einsum and a helper cell",
        RIGHT | {"kd_loss": a.KD_LOSS_EINSUM},
        {"kd_loss": "def soften(logits, T):\n    return torch.softmax(logits / T, dim=-1)"},
    ),
    Student(
        "dora",
        "all right, float64 inside, NumPy, and a warning on stderr",
        RIGHT | {"kd_loss": a.KD_LOSS_FLOAT64_LOOP, "kd_grad": a.KD_GRAD_NUMPY},
        {"kd_loss": "import warnings\nimport numpy as np"},
    ),
    Student("emre", "forgot T²", RIGHT | {"kd_loss": a.KD_LOSS_NO_T2}),
    Student(
        "fatima",
        "swapped the direction, and alpha",
        RIGHT | {"kd_loss": a.KD_LOSS_SWAPPED, "kd_and_ce": a.KD_AND_CE_ALPHA_SWAPPED},
    ),
    Student(
        "goran",
        "two mistakes at once in kd_loss, a sign in kd_grad, no centring in high_T_limit",
        RIGHT
        | {
            "kd_loss": a.KD_LOSS_NO_T2_SWAPPED,
            "kd_grad": a.KD_GRAD_SIGN,
            "high_T_limit": a.HIGH_T_LIMIT_NOT_CENTRED,
        },
    ),
    Student("hanna", "cut the gradient", RIGHT | {"kd_loss": a.KD_LOSS_DETACHED}),
    Student("ivo", "handed in the untouched copy"),
    Student("jun", "a loop without end in kd_grad", RIGHT | {"kd_grad": a.KD_GRAD_ENDLESS}),
    Student(
        "kira",
        "prints 50 MB on the way",
        RIGHT,
        {"kd_loss": "for _ in range(500):\n    print('x' * 100_000)"},
    ),
    Student("lena", "saved with an editor that clears metadata and adds a BOM", RIGHT,
            change=_clear_metadata, spoil=lambda data: b"\xef\xbb\xbf" + data),
    Student("mats", "copied an answer cell, and went on in the copy", RIGHT, change=_duplicate),
    Student("noor", "the upload broke off", RIGHT, spoil=lambda data: data[: len(data) // 2]),
    Student("otto", "an empty file", spoil=lambda data: b""),
    Student("pia", "tries to forge marks", {"kd_loss": a.FORGED} | a.FORGED_ELSEWHERE),
)  # fmt: skip


def hand_in(student: Student, release: Path, key: Mapping[str, object], folder: Path) -> None:
    """Write the student's notebook into `folder`.

    `key` maps choice and matching questions to the right answers; those who worked on the short
    answer know them, the untouched copy and the attacker don't.
    """
    notebook = nbformat.read(release, as_version=4)
    written = dict(student.answers)
    if "two_temperatures" in written:
        written |= {id: f"answer_{id} = {answer!r}" for id, answer in key.items()}
    cells = []
    for cell in notebook.cells:
        id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if id in student.before:
            cells.append(nbformat.v4.new_code_cell(student.before[id]))
        if id in written:
            marker = cell.source.split("\n", 1)[0]
            cell.source = f"{marker}\n{written[id].strip()}"
        cells.append(cell)
    notebook.cells = cells
    if student.change:
        student.change(notebook)
    data = nbformat.writes(notebook).encode()
    folder.mkdir(parents=True)
    (folder / release.name).write_bytes(student.spoil(data) if student.spoil else data)
