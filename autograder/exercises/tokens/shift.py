"""`shift(logits, tokens, mask)`: logits beside the tokens that they predict."""

from __future__ import annotations

import numpy as np

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.tokens import draws
from autograder.oracles import tokens
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Batches whose sizes differ; one row; two positions, the fewest that can be shifted."""
    return (
        _case(rng, "batch", *draws.sizes(rng)),
        _case(rng, "another batch", *draws.sizes(rng)),
        _case(rng, "one row", 1, 6, 4),
        _case(rng, "two positions", 3, 2, 5),
        _case(rng, "float32", *draws.sizes(rng), dtype="float32", diagnose=False),
    )


def _case(
    rng: np.random.Generator,
    id: str,
    B: int,
    L: int,
    V: int,
    dtype: str = "float64",
    diagnose: bool = True,
) -> Case:
    mask = rng.random((B, L)) < 0.5
    mask[:, 0] = False  # nothing predicts the first token
    mask[:, -1] = True
    inputs = {
        "logits": tensor(draws.logits(rng, B, L, V), dtype),
        "tokens": tensor(rng.integers(0, V, (B, L)), "int64"),
        "mask": tensor(mask, "bool"),
    }
    return Case(id, inputs, diagnose=diagnose)


EVERY = ("batch", "another batch", "one row", "two positions")

PROPERTIES = (
    Property("logits", "the logits are those that predict a token", 1, EVERY, core=True, part=0),
    Property("labels", "the labels are the tokens predicted", 1, EVERY, core=True, part=1),
    Property("mask", "the mask belongs to the labels", 2, EVERY, core=True, part=2),
    Property(
        "inputs", "the tensors that were passed in are as they were before", 1, EVERY, "unchanged"
    ),
    Property(
        "dtype",
        "the results are three tensors of the inputs' dtypes",
        1,
        ("batch", "float32"),
        "dtype",
    ),
)

_ALL = frozenset({"logits", "labels", "mask"})
_HINTS = (
    "Write four tokens on paper, and below each what the model predicts there. Which prediction "
    "belongs to which token?",
    "logits[:, i] predicts tokens[:, i + 1]. So which token is predicted by nothing, and which "
    "logits predict nothing that is there?",
    "All three results have L − 1 positions: one tensor loses its last, two lose their first.",
)

MISTAKES = (
    Mistake(
        "labels-not-shifted",
        {"labels": "first"},
        frozenset({"labels"}),
        "The labels are not shifted: each position's logits meet the token that stands at that "
        "position already, so a model would learn to copy.",
        _HINTS,
        "logits-sit-on-their-token",
    ),
    Mistake(
        "mask-not-shifted",
        {"kept": "first"},
        frozenset({"mask"}),
        "The mask is not shifted with the labels: an answer's first token does not count, and what "
        "follows its last token does. The loss can even look better for it.",
        (
            "Print labels and mask below each other. Is each answer token marked?",
            "The mask came with the tokens. What happens to the one has to happen to the other.",
            "Compare the slices of your labels and of your mask.",
        ),
        "logits-sit-on-their-token",
    ),
    Mistake(
        "mask-of-both-tokens",
        {"kept": "both"},
        frozenset({"mask"}),
        "A position counts for you only if its own token *and* the next one belong to the answer: "
        "each answer's first token is lost. It is predicted from the last token of the prompt.",
        (
            "Print labels and mask below each other. Is each answer token marked?",
            "Does it matter for a prediction where it is made, or what is predicted?",
            "The mask goes with the labels, and with nothing else.",
        ),
        "prompts-are-answers",
    ),
    Mistake(
        "mask-of-either-token",
        {"kept": "either"},
        frozenset({"mask"}),
        "A position counts for you if its own token *or* the next one belongs to the answer: what "
        "follows each answer counts too.",
        (
            "Print labels and mask below each other. Which marked label is no answer token?",
            "Does it matter for a prediction where it is made, or what is predicted?",
            "The mask goes with the labels, and with nothing else.",
        ),
        "logits-sit-on-their-token",
    ),
    *(
        Mistake(
            f"{what}-not-cut",
            {switch: "all"},
            frozenset({what}),
            f"Your {what} still {have} all L positions; L − 1 are left of everything.",
            (
                "Compare the shapes of your three results.",
                "Which token is predicted by nothing, and which logits predict nothing that is "
                "there?",
                *_HINTS[2:],
            ),
        )
        for what, switch, have in (
            ("logits", "rows", "have"),
            ("labels", "labels", "have"),
            ("mask", "kept", "has"),
        )
    ),
    Mistake(
        "nothing-shifted",
        {"labels": "first", "kept": "first"},
        frozenset({"labels", "mask"}),
        "All three lose the same positions at the end, and nothing is shifted: each position's "
        "logits meet the token that stands there already, so a model would learn to copy.",
        _HINTS,
        "logits-sit-on-their-token",
    ),
    Mistake(
        "logits-not-shifted",
        {"rows": "last"},
        frozenset({"logits"}),
        "Logits, labels and mask all lose their first position: each token meets the logits at its "
        "own place, which were computed when it had been read already.",
        _HINTS,
        "logits-sit-on-their-token",
    ),
    Mistake(
        "shift-reversed",
        {"rows": "last", "labels": "first", "kept": "first"},
        _ALL,
        "The shift goes the wrong way: logits meet the token *before* their position.",
        _HINTS,
        "logits-sit-on-their-token",
    ),
    Mistake(
        "shifted-by-two",
        {"by": "two"},
        _ALL,
        "Shifted by two positions. A model that shifts inside as well would explain it; this "
        "exercise's logits are not shifted yet.",
        (
            "How many positions should be left? L − 1.",
            "logits[:, i] predicts tokens[:, i + 1], not i + 2.",
            "Count the places in your slices.",
        ),
    ),
    Mistake(
        "along-the-batch",
        {"along": "batch"},
        _ALL,
        "You shift along the first dimension: whole sequences are cut, and each meets its "
        "neighbour's tokens.",
        (
            "Which of your results' dimensions got shorter?",
            "In [B, L, V] the positions are the second dimension.",
            "A slice alone cuts the first dimension; a colon before it goes on to the second.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "along-the-outcomes",
        {"along": "outcomes"},
        frozenset({"logits"}),
        "The logits lose an outcome of the vocabulary, not a position.",
        (
            "Which dimension of your logits got shorter?",
            "[..., :-1] cuts the last dimension, and of logits that is the vocabulary.",
            "In [B, L, V] the positions are the second dimension.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "rolled",
        {"by": "rolling"},
        _ALL,
        "The tokens are rolled round, not cut: the first token of each row reappears at its end as "
        "a label, and a loss would hardly show it.",
        (
            "What is the last label of each row? Where does it come from?",
            "After the last token there is nothing to be predicted.",
            "L − 1 positions are left, not L.",
        ),
    ),
    Mistake(
        "labels-overwritten",
        {"unmasked": "-100"},
        frozenset({"labels"}),
        "Labels outside the answer are −100: some libraries want that, but here the mask says what "
        "counts, and the labels stay valid ids.",
        (
            "Which labels differ from the tokens that you were given?",
            "The mask is returned as well, so the labels need not carry it.",
            "Only slices are needed here.",
        ),
    ),
    Mistake(
        "labels-zeroed",
        {"unmasked": "0"},
        frozenset({"labels"}),
        "Labels outside the answer are 0, which is the id of a token: the mask says what counts, "
        "and the labels stay what they are.",
        (
            "Which labels differ from the tokens that you were given?",
            "The mask is returned as well, so the labels need not carry it.",
            "Only slices are needed here.",
        ),
    ),
    Mistake(
        "squeezed",
        {"shape": "squeezed"},
        _ALL,
        "Dimensions of size 1 are thrown away at the end: a batch of one row loses its batch "
        "dimension, and whatever comes after takes positions for rows.",
        (
            "Call it with a single row, and with two positions. Which shapes come out?",
            "A batch of one is a batch, [1, L − 1].",
            "Only slices are needed here.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "answers-only",
        {"shape": "flat"},
        _ALL,
        "You give the answer tokens alone, end to end: which row and position each belongs to is "
        "lost, and the mask says nothing any more.",
        (
            "Compare the shapes of your results with those that were promised.",
            "What would a mask be good for in which everything is true?",
            "The mask is handed on here; it is used by whoever takes the mean.",
        ),
    ),
    Mistake(
        "log-probabilities",
        {"given": "log-probabilities"},
        frozenset({"logits"}),
        "The logits come back as log-probabilities: they are to be moved, not changed.",
        (
            "Compare one row of your logits with the row that went in.",
            "Whoever gets logits will normalise them; that is another function's work.",
            "Only slices are needed here.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "mask-inverted",
        {"inverted": True},
        frozenset({"mask"}),
        "The mask is upside down: true is meant to be on answer tokens.",
        (
            "Print the mask before and after.",
            "In some libraries a mask says what to hide; in this course it says what counts.",
            "Only slices are needed here.",
        ),
        "true-means-ignored",
    ),
)

SHIFT = Exercise(
    id="shift",
    title="Who predicts whom",
    oracle=tokens.shift,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=_HINTS,
)
