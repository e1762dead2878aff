"""Tokens as a grid: whose part each is, where the mask is true, and which position predicts which.

A row of tokens is given as its parts, in order: {"bos": ["bos"], "c": […], "z": […], "y": […]}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_lib.figures.picture import Picture
from course_lib.figures.style import BLUE, GREY, VERMILLION

Parts: TypeAlias = Mapping[str, Sequence[str]]

FILL = {
    "bos": "#ffffff",
    "c": "#f7d9a0",
    "c′": "#f7d9a0",
    "z": "#cfe8f7",
    "y": "#a6d9c9",
    "pad": "#f2f2f2",
}
"""Tints of Okabe and Ito's colours; black text keeps 12:1 on each. The letter above says it too."""
PAD_HATCH = "xxx"

BOX_WIDTH, BOX_HEIGHT = 0.92, 0.8
INCHES_ACROSS, INCHES_UP = 0.62, 0.36
MARGIN = 1.3
"""Room to the left for the names of the rows, in boxes."""
ROW_STEP, TEACHER_AT = 3.0, 4.1
"""How far apart rows stand: those of a batch, and the teacher's from the student's."""


@dataclass(frozen=True)
class _Token:
    word: str
    role: str


def _tokens(parts: Parts) -> list[_Token]:
    """The tokens in order. Raises ValueError for a part that the course has no name for."""
    unknown = [role for role in parts if role not in FILL]
    if unknown:
        raise ValueError(f"there is no part {unknown[0]!r}; the parts are {', '.join(FILL)}")
    return [_Token(word, role) for role, words in parts.items() for word in words]


def _batch(rows: Sequence[Parts]) -> list[list[_Token]]:
    """Rows of one length: the shorter ones are filled up with padding."""
    batch = [_tokens(parts) for parts in rows]
    longest = max(map(len, batch))
    return [[*row, *[_Token("pad", "pad")] * (longest - len(row))] for row in batch]


def _answers(row: Sequence[_Token]) -> list[int]:
    return [place for place, token in enumerate(row) if token.role == "y"]


# -- the pictures ----------------------------------------------------------------------------


def token_grid(*rows: Parts) -> Picture:
    """A batch of token rows with their parts, filled up with padding, and the mask below each.

    Raises ValueError for a part that the course has no name for.
    """
    batch = _batch(rows)
    highest = ROW_STEP * (len(batch) - 1)
    axes = _canvas(len(batch[0]), top=highest + 2.3, bottom=-1.2)
    _draw_positions(axes, len(batch[0]), highest + 1.95)
    for number, row in enumerate(batch):
        y = highest - ROW_STEP * number
        _draw_row(axes, row, y, f"row {number}" if len(batch) > 1 else "tokens")
        _draw_mask(axes, row, y - 0.8)
    return Picture(_figure_of(axes), _grid_in_words(batch))


def predictions(parts: Parts) -> Picture:
    """One row of tokens, and below it what each position is to predict: the next token.

    Predictions of answer tokens count, and are outlined; the others are grey. Raises ValueError
    for a part that the course has no name for.
    """
    row = _tokens(parts)
    axes = _canvas(len(row), top=2.3, bottom=-2.5)
    _draw_positions(axes, len(row), 1.95)
    _draw_row(axes, row, 0, "tokens")
    _label(axes, "logits\npredict", -1.9)
    for place, (_, predicted) in enumerate(pairwise(row)):
        counts = predicted.role == "y"
        colour = BLUE if counts else GREY
        _box(axes, place, -1.9, predicted.word, "#ffffff", colour, 2.0 if counts else 0.6, colour)
        axes.annotate(
            "", (place + 0.86, -0.45), (place + 0.14, -1.45),
            arrowprops={"arrowstyle": "-|>", "color": colour, "shrinkA": 0, "shrinkB": 0,
                        "linewidth": 1.8 if counts else 0.7},
        )  # fmt: skip
    _box(axes, len(row) - 1, -1.9, "?", "#ffffff", GREY, 0.6, GREY)
    return Picture(_figure_of(axes), _predictions_in_words(row))


def aligned_tokens(teacher: Parts, student: Parts) -> Picture:
    """Teacher's and student's tokens; lines join the positions that predict the same answer token.

    Raises ValueError if the two do not end in the same answer, or for a part without a name.
    """
    rows = {"teacher": _tokens(teacher), "student": _tokens(student)}
    ours, theirs = (
        [(place - 1, row[place].word) for place in _answers(row)] for row in rows.values()
    )
    if [word for _, word in ours] != [word for _, word in theirs]:
        raise ValueError("teacher and student are compared on one answer: give both the same y")
    axes = _canvas(max(map(len, rows.values())), top=6.4, bottom=-2.4)
    _draw_positions(axes, len(rows["teacher"]), 6.05)
    _draw_row(axes, rows["teacher"], TEACHER_AT, "teacher")
    _draw_row(axes, rows["student"], 0, "student", under=True)
    _draw_positions(axes, len(rows["student"]), -2.05)
    for (above, word), (below, _) in zip(ours, theirs, strict=True):
        _join(axes, above, below, word)
    return Picture(_figure_of(axes), _alignment_in_words(rows, ours, theirs))


def _join(axes: Axes, above: int, below: int, word: str) -> None:
    """A line between the two positions that predict a word, with the word on it."""
    for place, y in ((above, TEACHER_AT), (below, 0)):
        _box(axes, place, y, "", "none", VERMILLION, 2.4)
    top, bottom = TEACHER_AT - BOX_HEIGHT / 2, BOX_HEIGHT / 2
    axes.plot([above, below], [top, bottom], color=VERMILLION, linewidth=1.6, zorder=1)
    axes.text(
        (above + below) / 2, (top + bottom) / 2, word, fontsize=9, ha="center", va="center",
        bbox={"boxstyle": "round,pad=0.2", "fc": "white", "ec": VERMILLION},
    )  # fmt: skip


# -- drawing ---------------------------------------------------------------------------------


def _canvas(columns: int, top: float, bottom: float) -> Axes:
    size = ((columns + MARGIN) * INCHES_ACROSS, (top - bottom) * INCHES_UP)
    axes = Figure(figsize=size).add_axes((0, 0, 1, 1))
    axes.set_xlim(-0.5 - MARGIN, columns - 0.5)
    axes.set_ylim(bottom, top)
    axes.axis("off")
    return axes


def _figure_of(axes: Axes) -> Figure:
    figure = axes.figure
    assert isinstance(figure, Figure)
    return figure


def _label(axes: Axes, text: str, y: float) -> None:
    axes.text(-0.65, y, text, ha="right", va="center", fontsize=10)


def _box(
    axes: Axes, x: float, y: float, word: str, fill: str, edge: str = "black",
    linewidth: float = 0.8, colour: str = "black", hatch: str = "",
) -> None:  # fmt: skip
    corner = (x - BOX_WIDTH / 2, y - BOX_HEIGHT / 2)
    axes.add_patch(
        Rectangle(corner, BOX_WIDTH, BOX_HEIGHT, facecolor=fill, edgecolor=edge,
                  linewidth=linewidth, hatch=hatch)
    )  # fmt: skip
    plate = {"boxstyle": "square,pad=0.15", "fc": fill, "ec": "none"} if hatch else None
    axes.text(x, y, word, ha="center", va="center", fontsize=9, color=colour, bbox=plate)


def _draw_row(axes: Axes, row: Sequence[_Token], y: float, name: str, under: bool = False) -> None:
    """Boxes with words, and brackets with the names of the parts, above or under them."""
    _label(axes, name, y)
    for place, token in enumerate(row):
        hatch = PAD_HATCH if token.role == "pad" else ""
        edge = "#b0b0b0" if hatch else "black"
        _box(axes, place, y, token.word, FILL[token.role], edge, hatch=hatch)
    for role in dict.fromkeys(token.role for token in row):
        places = [place for place, token in enumerate(row) if token.role == role]
        if role not in ("bos", "pad"):
            _bracket(axes, (places[0], places[-1]), y, -1 if under else 1, role)


def _bracket(axes: Axes, over: tuple[int, int], y: float, side: int, text: str) -> None:
    left, right = over[0] - BOX_WIDTH / 2, over[1] + BOX_WIDTH / 2
    near, far = y + 0.52 * side, y + 0.62 * side
    axes.plot([left, left, right, right], [near, far, far, near], color="black", linewidth=1)
    axes.text(
        (left + right) / 2, far + 0.1 * side, text, fontsize=11, style="italic", ha="center",
        va="bottom" if side > 0 else "top",
    )  # fmt: skip


def _draw_positions(axes: Axes, count: int, y: float) -> None:
    _label(axes, "position", y)
    for place in range(count):
        axes.text(place, y, str(place), ha="center", va="center", fontsize=8, color=GREY)


def _draw_mask(axes: Axes, row: Sequence[_Token], y: float) -> None:
    _label(axes, "mask", y)
    for place, token in enumerate(row):
        true = token.role == "y"
        axes.text(
            place, y, "true" if true else "false", ha="center", va="center", fontsize=9,
            color="black" if true else GREY, weight="bold" if true else "normal",
        )  # fmt: skip


# -- in words --------------------------------------------------------------------------------


def _in_words(row: Sequence[_Token]) -> str:
    """'bos: bos; c: write like …', part by part."""
    roles = dict.fromkeys(token.role for token in row)
    parts = {role: [token.word for token in row if token.role == role] for role in roles}
    return "; ".join(
        f"{len(words)} of padding" if role == "pad" else f"{role}: {' '.join(words)}"
        for role, words in parts.items()
    )


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers)) or "none"


def _grid_in_words(batch: Sequence[Sequence[_Token]]) -> str:
    rows = [
        f"Row {number}: {_in_words(row)}. The mask is true at positions {_listed(_answers(row))}."
        for number, row in enumerate(batch)
    ]
    return " ".join(["Grid of tokens, one box for each position, counted from 0.", *rows])


def _predictions_in_words(row: Sequence[_Token]) -> str:
    pairs = [
        f"logits[{place}], at {token.word}, predict {after.word}"
        + " (counts)" * (after.role == "y")
        for place, (token, after) in enumerate(pairwise(row))
    ]
    return (
        f"Row of tokens ({_in_words(row)}), and below it what each position predicts, with an "
        f"arrow to the token after it: {'; '.join(pairs)}. What the last position predicts is not "
        "among the tokens."
    )


def _alignment_in_words(
    rows: Mapping[str, Sequence[_Token]],
    teacher: Sequence[tuple[int, str]],
    student: Sequence[tuple[int, str]],
) -> str:
    read = [f"{name.capitalize()} reads {_in_words(row)}." for name, row in rows.items()]
    pairs = [
        f"{word} is predicted at the teacher's position {above} and the student's {below}"
        for (above, word), (below, _) in zip(teacher, student, strict=True)
    ]
    return " ".join(["Two rows of tokens, joined by lines.", *read, f"{'; '.join(pairs)}."])
