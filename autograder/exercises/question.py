"""What a question is: data, with its key and what every wrong answer betrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "choice",  # the id of one option: "B"
    "select",  # the ids of all options that hold: ["A", "C"]
    "matching",  # an option for each item: {"theta": "B", …}
    "numeric",  # a number, or one for each item
    "formula",  # a text such as "T**2 * KL", or one for each item
    "predict",  # a choice or a number, asked before a cell is run; paid for being made
    "short",  # prose, read by a person with the rubric
]


@dataclass(frozen=True)
class Option:
    """One option of a choice, or one description of a matching question.

    `says` explains what is right or wrong about it. It stays with the grader until feedback; only a
    formative question shows it at once.
    """

    id: str
    text: str
    says: str = ""
    misconception: str | None = None


@dataclass(frozen=True)
class Slip:
    """A wrong number or formula that is known, and what it betrays.

    `item` names the blank that it was put into, where a question has several.
    """

    answer: float | str
    says: str
    misconception: str | None = None
    item: str | None = None


Key: TypeAlias = str | float | frozenset[str] | Mapping[str, str] | Mapping[str, float]


@dataclass(frozen=True)
class Question:
    """A question whose answer is a value in the source of its cell: `answer_<id> = "B"`.

    `id` is also the grade_id of the cell, a solution-and-grade cell. What `key` is depends on
    `kind`: an option's id; a frozenset of them (`select`: a right mark counts for, a wrong one
    against); a mapping from each of `items` to its option, number or formula (paid by item); a
    number, right within `tolerance` (absolute); a formula over `symbols` (name -> meaning),
    compared as mathematics. A short answer has no key.

    A `formative` question explains each answer at once, so its key is in the student's copy, and
    it pays nothing: except a prediction, which is always formative and pays for being made.

    Raises `ValueError` for a question that cannot be asked or graded as it stands.
    """

    id: str
    title: str
    kind: Kind
    stem: str
    points: float
    options: tuple[Option, ...] = ()
    items: Mapping[str, str] = field(default_factory=dict)
    key: Key | None = None
    rubric: tuple[str, ...] = ()
    tolerance: float = 0.0
    symbols: Mapping[str, str] = field(default_factory=dict)
    slips: tuple[Slip, ...] = ()
    formative: bool = False

    def __post_init__(self) -> None:
        for fault in _faults(self):
            raise ValueError(f"question {self.id!r}: {fault}")

    @property
    def variable(self) -> str:
        return f"answer_{self.id}"

    @property
    def automatic(self) -> bool:
        """Whether the judge scores it; a short answer waits for a reader."""
        return self.kind != "short"

    def option(self, id: str) -> Option:
        return next(each for each in self.options if each.id == id)


def _faults(question: Question) -> list[str]:
    """What is wrong with a question's own data."""
    faults = [*_key_faults(question)]
    ids = [each.id for each in question.options]
    if len(set(ids)) != len(ids):
        faults.append(f"two options share an id: {', '.join(ids)}")
    if question.formative and question.points and question.kind != "predict":
        faults.append("a formative question shows its key, so it cannot pay; give it 0 points")
    if question.kind == "predict" and not question.formative:
        faults.append("a prediction pays for being made, so it is formative: set formative=True")
    return faults


def _key_faults(question: Question) -> list[str]:
    key, kind = question.key, question.kind
    options = {each.id for each in question.options}
    if kind == "short":
        return [] if key is None else ["a short answer has a rubric, not a key"]
    if kind == "select":
        fine = isinstance(key, frozenset) and key and key <= options
        return [] if fine else ["its key must be a frozenset of one or more of its options' ids"]
    if kind == "matching":
        fine = isinstance(key, Mapping) and key.keys() == question.items.keys()
        return [] if fine and {*_values(key)} <= options else ["its key must match all its items"]
    if kind == "choice" or (kind == "predict" and options):
        return [] if key in options else [f"its key {key!r} is not the id of one of its options"]
    of_type = str if kind == "formula" else (int, float)
    if question.items and not (isinstance(key, Mapping) and key.keys() == question.items.keys()):
        return ["it has items, so its key must have an answer for each of them"]
    if not all(isinstance(each, of_type) and not isinstance(each, bool) for each in _values(key)):
        return [f"a {kind} question needs a {'text' if of_type is str else 'number'} as its key"]
    if kind == "formula" and not question.symbols:
        return ["a formula needs symbols: the names that it may hold, and what they mean"]
    if kind != "formula" and question.tolerance <= 0:
        return ["a number is right within a tolerance, which must be above 0"]
    return []


def _values(key: object) -> tuple[object, ...]:
    return tuple(key.values()) if isinstance(key, Mapping) else (key,)
