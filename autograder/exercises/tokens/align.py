"""`align(logits, mask)`: the logits that predict each row's answer, to the left, zeros after."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.tokens import draws
from autograder.oracles import tokens
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor

B, V = 4, 5


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """The same answers once after a student's and once after a teacher's prompts, and edges.

    Prompts differ by another number of tokens in each row. From its start on, every row has room
    for the longest answer, except in "ends the row": what code does at the edge is not diagnosed.
    """
    counts, others, late = draws.counts(rng, B, 6), draws.counts(rng, B, 7), draws.counts(rng, 3, 6)
    student = 2 + rng.permutation(B)
    teacher = student + 1 + rng.permutation(B + 2)[:B]
    return (
        _case(rng, "student", student, counts),
        _case(rng, "teacher", teacher, counts, spare=2),
        _case(rng, "another batch", 3 + rng.permutation(B), others, spare=1),
        _case(rng, "one row", np.array([3]), np.array([4]), spare=2),
        _case(rng, "ends the row", 9 - late, late, spare=int(late.min()) - 6, diagnose=False),
        _case(rng, "float32", student, counts, spare=1, dtype="float32", diagnose=False),
        _case(rng, "no answer", student, counts * (counts > 1), spare=1, diagnose=False),
    )


def _case(
    rng: np.random.Generator,
    id: str,
    starts: np.ndarray,
    counts: np.ndarray,
    spare: int = 0,
    dtype: str = "float64",
    **options: Any,
) -> Case:
    """Answers of so many tokens from these starts on, and `spare` columns after the last window."""
    L = int(starts.max() + counts.max()) + spare
    inputs = {
        "logits": tensor(draws.logits(rng, len(starts), L, V), dtype),
        "mask": tensor(draws.spans(starts, counts, L), "bool"),
    }
    return Case(id, inputs, **options)


PROPERTIES = (
    Property(
        "rows",
        "the rows hold the logits that predict the answer, to the left, and zeros after",
        3,
        ("student", "teacher", "another batch"),
        core=True,
        part=0,
    ),
    Property(
        "valid",
        "valid is true as often in each row as it has answer tokens, from the left",
        2,
        ("student", "teacher", "another batch"),
        core=True,
        part=1,
    ),
    Property(
        "edges",
        "it is right for a single row, and where short answers end their rows",
        1,
        ("one row", "ends the row"),
    ),
    Property(
        "inputs",
        "the tensors that were passed in are as they were before",
        1,
        ("student", "teacher"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "the results are tensors: the rows of the logits' dtype, valid bool",
        1,
        ("student", "float32"),
        aspect="dtype",
    ),
    Property(
        "no answer",
        "a row without an answer gives zeros and no valid place; pays nothing, good to have",
        0,
        ("no answer",),
    ),
)

_ROWS = frozenset({"rows", "edges", "no answer"})
_BOTH = _ROWS | {"valid"}

_OFFSET_HINTS = (
    "Take one row of tokens and one of logits. Under which token does the logit stand that "
    "predicts the first answer token?",
    "logits[:, i] predicts token i + 1. So what predicts an answer that starts at s?",
    "For an answer of n tokens from s on, the logits lie at s − 1, …, s + n − 2.",
)

MISTAKES = (
    Mistake(
        "not-shifted",
        {"offset": 0},
        _ROWS,
        "You take the logits at the answer's own positions: they predict the token after. One "
        "early is right.",
        _OFFSET_HINTS,
        "logits-sit-on-their-token",
    ),
    Mistake(
        "shifted-by-two",
        {"offset": -2},
        _ROWS,
        "You take the logits two positions before each answer token: they predict the one before "
        "it.",
        _OFFSET_HINTS,
    ),
    Mistake(
        "shifted-the-other-way",
        {"offset": 1},
        _ROWS,
        "You take the logits one position *after* each answer token: they predict the second next "
        "one. One before is right.",
        _OFFSET_HINTS,
        "logits-sit-on-their-token",
    ),
    Mistake(
        "last-token-lost",
        {"cut": "last token"},
        _BOTH,
        "The last token of each answer is lost: the end token would never be learnt.",
        (
            "How many valid places has a row whose answer has four tokens?",
            "For an answer of n tokens from s on, the logits lie at s − 1, …, s + n − 2.",
            "A slice leaves its end out. Count from s − 1: where does it end?",
        ),
        "the-end-teaches-nothing",
    ),
    Mistake(
        "last-logits-lost",
        {"cut": "logits of last token"},
        _ROWS,
        "valid is right, and in each row the logits of the last valid place are missing: zeros "
        "stand where the end token is predicted.",
        (
            "Print rows and valid below each other. Is there a valid place that holds zeros?",
            "For an answer of n tokens from s on, the logits lie at s − 1, …, s + n − 2.",
            "A slice leaves its end out. Count from s − 1: where does it end?",
        ),
        "the-end-teaches-nothing",
    ),
    *(
        Mistake(
            id,
            {"valid": valid},
            frozenset({"valid", "edges"}) | more,
            f"The rows are right, and valid is true once too {how} in each of them.",
            (
                "Print rows and valid below each other. Is valid true exactly where the rows are "
                "not zero?",
                "How many answer tokens has each row, and how many valid places?",
                "The places 0, …, n − 1 are n: compare with <, and with n itself.",
            ),
            misconception,
        )
        for id, valid, how, more, misconception in (
            (
                "valid-one-less",
                "one less",
                "seldom",
                frozenset({"no answer"}),
                "the-end-teaches-nothing",
            ),
            (
                "valid-one-more",
                "one more",
                "often, if there is room,",
                frozenset({"no answer"}),
                "padding-is-harmless",
            ),
        )
    ),
    Mistake(
        "valid-cut-from-the-mask",
        {"valid": "first of mask"},
        frozenset({"valid", "edges", "no answer"}),
        "valid is the mask's first M columns: it says where the answer stood in the input, not "
        "where its logits stand now, at the left.",
        (
            "Print rows and valid below each other. Is valid true where the rows are not zero?",
            "The rows were moved to the left. What has to move with them?",
            "Row b has its first n_b places valid; n_b is the number of its answer tokens.",
        ),
    ),
    Mistake(
        "cut-from-the-end",
        {"start": "from the end"},
        _BOTH,
        "You take the last M positions of every row: right only where each answer ends its row. "
        "Padding and shorter answers move it.",
        (
            "Look at a row with padding at its end. Where does its answer stand?",
            "Answers have different lengths, and rows may be padded: the end of a row says little.",
            "Let the mask tell you where an answer starts, in each row.",
        ),
        "answers-end-their-rows",
    ),
    Mistake(
        "start-of-row-0",
        {"start": "of row 0"},
        _BOTH,
        "The start of the first row's answer is used for all rows: prompts have different lengths.",
        (
            "Print where the answer starts in each row.",
            "c, c′ and z differ from example to example, and so does the first answer position.",
            "One offset for each row is needed, not one for the batch.",
        ),
        "answers-end-their-rows",
    ),
    Mistake(
        "own-length-from-the-end",
        {"start": "own count from the end"},
        _ROWS,
        "From each row you take as many positions as its answer has, counted from the row's end: "
        "right only where the answer ends its row. Padding moves it.",
        (
            "Look at a row with padding at its end. Where does its answer stand?",
            "How long an answer is you have right; where it begins is another question.",
            "Let the mask tell you where an answer starts, in each row.",
        ),
        "answers-end-their-rows",
    ),
    Mistake(
        "start-of-row-0-own-length",
        {"start": "of row 0, own count"},
        _ROWS,
        "Each row gets its own number of positions, but all of them start where the first row's "
        "answer does: prompts have different lengths.",
        (
            "Print where the answer starts in each row.",
            "The lengths are counted row by row; do the same for the starts.",
            "Look for an index 0 that picks the first row's mask for everybody.",
        ),
        "answers-end-their-rows",
    ),
    Mistake(
        "first-row-only",
        {"filled": "first row"},
        _BOTH,
        "Only the first row is filled in; the others stay zero, and nothing in them is valid.",
        (
            "Give it two rows, and print the second one of your result.",
            "How often does the body of your loop run?",
            "A return inside a loop ends it in its first round.",
        ),
    ),
    Mistake(
        "cut-to-the-shortest",
        {"width": "shortest"},
        _BOTH,
        "All answers are cut to the length of the shortest: the ends of the longer ones, end token "
        "included, are lost.",
        (
            "How many answer tokens has the batch, and how often is your valid true?",
            "What has to be as long as the longest answer, and what fills up the others?",
            "M is the largest of the counts, not the smallest.",
        ),
        "the-end-teaches-nothing",
    ),
    Mistake(
        "all-valid",
        {"valid": "all"},
        frozenset({"valid", "edges", "no answer"}),
        "valid is true everywhere: the filling of the shorter answers would be counted as if it "
        "were an answer.",
        (
            "Which row has the fewest answer tokens? How often is its valid true?",
            "M is the longest answer; the others are filled up.",
            "Count the answer tokens of each row and compare with 0, …, M − 1.",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "right-aligned",
        {"side": "right"},
        _BOTH,
        "The answers stand at the right: the first answer token of every row belongs into column "
        "0.",
        (
            "In which column does your shortest answer begin?",
            "Left-aligned means: column j holds the j-th answer token of every row.",
            "The zeros come after.",
        ),
    ),
    Mistake(
        "not-cleared",
        {"after": "what follows"},
        _ROWS,
        "After the shorter answers stand the logits that happen to follow; zeros were promised.",
        (
            "Print the last column of the row with the shortest answer.",
            "Gathering M positions from each start takes more than a short answer has.",
            "valid tells you which places to clear.",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "one-list-of-tokens",
        {"shape": "flat"},
        _BOTH,
        "You give all answer tokens in one list [N, V]: which row each belongs to is lost.",
        (
            "Compare the shape of your result with the one that was promised.",
            "A boolean index puts the rows end to end.",
            "Put each row's answer back into a row of M places.",
        ),
    ),
    Mistake(
        "as-wide-as-the-row",
        {"width": "row"},
        _BOTH,
        "The result is as wide as the input. M is the longest answer, so that teacher and student, "
        "with prompts of different lengths, end in the same shape.",
        (
            "What is M in the text?",
            "Call it with two different L and the same answers. Do the shapes agree?",
            "Count the answer tokens of every row; the largest count is M.",
        ),
    ),
    Mistake(
        "one-narrower-than-the-row",
        {"width": "row − 1"},
        _BOTH,
        "The result is L − 1 wide. M is the longest answer, so that teacher and student, with "
        "prompts of different lengths, end in the same shape.",
        (
            "What is M in the text?",
            "Call it with two different L and the same answers. Do the shapes agree?",
            "Count the answer tokens of every row; the largest count is M.",
        ),
    ),
)

ALIGN = Exercise(
    id="align",
    title="The same answer after two prompts",
    oracle=tokens.align,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Do it for one row on paper first: where does its answer start, how many tokens has it, "
        "and which logits predict them?",
        "The mask, summed over each row, counts the answer tokens; the largest count is M. In a "
        "row without gaps argmax finds the first true value.",
        "A loop over the rows is fine: begin with zeros [B, M, V], and write n logits, from s − 1 "
        "on, into the first n places of each row. valid compares 0, …, M − 1 with n.",
    ),
)
