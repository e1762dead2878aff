"""The tree of all sequences, drawn as blocks inside blocks: the taller a block, the likelier."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from torch import Tensor

from course_lib.figures.picture import Picture
from course_lib.figures.style import BLUE, GREY, STUDENT_HATCH, VERMILLION, names, number

HEIGHT_INCHES = 6.2
COLUMN_WIDTH, GAP = 1.0, 0.14
LABELS_WIDTH = 0.95
"""Room to the right for the names of the two sequences, in columns."""
TALL_ENOUGH = 0.115
"""A block of so many inches has room for its word."""
MODE_FILL = "#cfe8f7"
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class _Block:
    """A prefix: the chance of its last token given the others, and its own share of the height."""

    prefix: tuple[int, ...]
    chance: float
    bottom: float
    height: float

    @property
    def middle(self) -> float:
        return self.bottom + self.height / 2


@dataclass(frozen=True)
class _Path:
    """A sequence that is pointed out: what it is called, its blocks, and how they are drawn."""

    name: str
    blocks: tuple[_Block, ...]
    colour: str
    fill: str
    hatch: str

    @property
    def leaf(self) -> _Block:
        return self.blocks[-1]


def sequence_tree(tree: Sequence[Tensor], words: Sequence[str] | None = None) -> Picture:
    """All sequences of a model as nested blocks, with greedy decoding's and the likeliest one.

    `tree[i]` [V]*(i+1) holds log Pr(y_i | y_<i), the prefix's indices first; `words` names the V
    tokens.
    """
    tokens = names(words, len(tree[0]))
    blocks = list(_walk(tree))
    leaves = [each for each in blocks if len(each.prefix) == len(tree)]
    greedy = _greedy(blocks, len(tree))
    mode = max(leaves, key=attrgetter("height"))
    paths = [_Path("likeliest", _along(blocks, mode.prefix), BLUE, MODE_FILL, "")]
    if greedy == mode:
        paths = [replace(paths[0], name="greedy and likeliest")]
    else:
        along = _along(blocks, greedy.prefix)
        paths.insert(0, _Path("greedy", along, VERMILLION, "white", STUDENT_HATCH))
    axes = _canvas(len(tree))
    for block in blocks:
        _draw(axes, block, tokens, GREY, "white", "", 0.4)
    for path in paths:
        for block in path.blocks:
            _draw(axes, block, tokens, path.colour, path.fill, path.hatch, 2.0)
        _name(axes, path, len(tree))
    figure = axes.figure
    assert isinstance(figure, Figure)
    return Picture(figure, _in_words(paths, leaves, tokens))


# -- the blocks ------------------------------------------------------------------------------


def _walk(
    tree: Sequence[Tensor], prefix: tuple[int, ...] = (), top: float = 1.0, height: float = 1.0
) -> Iterator[_Block]:
    """Every block below a prefix, from the top down."""
    if len(prefix) == len(tree):
        return
    for token, chance in enumerate(tree[len(prefix)][prefix].detach().double().exp().tolist()):
        share = height * chance
        top -= share
        yield _Block((*prefix, token), chance, top, share)
        yield from _walk(tree, (*prefix, token), top + share, share)


def _greedy(blocks: Sequence[_Block], length: int) -> _Block:
    """The block in which greedy decoding ends."""
    at = _Block((), 1.0, 0.0, 1.0)
    while len(at.prefix) < length:
        inside = [b for b in blocks if b.prefix[:-1] == at.prefix]
        at = max(inside, key=attrgetter("chance"))
    return at


def _along(blocks: Sequence[_Block], prefix: tuple[int, ...]) -> tuple[_Block, ...]:
    """The blocks from the first token to the end of a sequence."""
    return tuple(each for each in blocks if each.prefix == prefix[: len(each.prefix)])


# -- drawing ---------------------------------------------------------------------------------


def _canvas(columns: int) -> Axes:
    width = columns * (COLUMN_WIDTH + GAP) + LABELS_WIDTH
    axes = Figure(figsize=(1.45 * width, HEIGHT_INCHES)).add_axes((0, 0, 1, 1))
    axes.set_xlim(-0.08, width)
    axes.set_ylim(-0.02, 1.07)
    axes.axis("off")
    for i in range(columns):
        axes.text(_left(i) + COLUMN_WIDTH / 2, 1.03, _heading(i), ha="center", va="center",
                  fontsize=10)  # fmt: skip
    return axes


def _left(column: int) -> float:
    return column * (COLUMN_WIDTH + GAP)


def _heading(column: int) -> str:
    """'Pr(y₁ | y₀)'."""
    token = f"y{column}".translate(SUBSCRIPTS)
    before = ", ".join(f"y{i}".translate(SUBSCRIPTS) for i in range(column))
    return f"Pr({token} | {before})" if before else f"Pr({token})"


def _draw(
    axes: Axes, block: _Block, tokens: Sequence[str], edge: str, fill: str, hatch: str, line: float
) -> None:
    left = _left(len(block.prefix) - 1)
    axes.add_patch(
        Rectangle((left, block.bottom), COLUMN_WIDTH, block.height, facecolor=fill,
                  edgecolor=edge, linewidth=line, hatch=hatch, zorder=line)
    )  # fmt: skip
    if block.height * HEIGHT_INCHES / 1.09 < TALL_ENOUGH:
        return
    plate = {"boxstyle": "square,pad=0.05", "fc": "white", "ec": "none"} if hatch else None
    shown = f"{block.chance:.2f}".removeprefix("0")
    axes.text(left + COLUMN_WIDTH / 2, block.middle, f"{tokens[block.prefix[-1]]}  {shown}",
              ha="center", va="center_baseline", zorder=line + 0.1, bbox=plate,
              fontsize=9 if block.height > 0.04 else 7)  # fmt: skip


def _name(axes: Axes, path: _Path, columns: int) -> None:
    """Write the sequence's name and probability to the right of its last block."""
    factors = " · ".join(f"{each.chance:.2f}".removeprefix("0") for each in path.blocks)
    text = f"{path.name}:\n{factors}\n= {number(path.leaf.height)}"
    right = _left(columns - 1) + COLUMN_WIDTH
    axes.annotate(text, (right, path.leaf.middle), (right + 0.16, path.leaf.middle), fontsize=9,
                  va="center", arrowprops={"arrowstyle": "-", "color": path.colour})  # fmt: skip


def _in_words(paths: Sequence[_Path], leaves: Sequence[_Block], tokens: Sequence[str]) -> str:
    told = []
    for path in paths:
        steps = ", then ".join(
            f"{tokens[each.prefix[-1]]} ({each.chance:.2f})" for each in path.blocks
        )
        told.append(f"{path.name}: {steps}; in all {number(path.leaf.height)}.")
    least = paths[0].leaf.height  # greedy's
    likelier = sum(leaf.height > least and not math.isclose(leaf.height, least) for leaf in leaves)
    return (
        f"Tree of {len(leaves)} sequences as blocks inside blocks, each as tall as its prefix is "
        f"likely. {' '.join(told)} {likelier} of the other {len(leaves) - 1} sequences are "
        "likelier than greedy's."
    )
