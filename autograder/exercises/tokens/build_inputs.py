"""`build_inputs(c, z, y, bos=0)`: the tokens of one example, and where its answer is."""

from __future__ import annotations

import numpy as np

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.tokens import draws
from autograder.oracles import tokens
from course_lib.checks.table import Case, Property


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Parts of all lengths; a token of the answer that is in c and in z too; an empty c."""
    c, z, y = draws.different_ids(rng, 4, 3, 2)
    return (
        _case("ordinary", *draws.different_ids(rng, 4, 2, 3)),
        _case("another start", *draws.different_ids(rng, 2, 5, 4), bos=int(rng.integers(1, 9))),
        _case("one-token answer", *draws.different_ids(rng, 3, 4, 1), bos=int(rng.integers(1, 9))),
        _case("no context", *draws.different_ids(rng, 0, 3, 2)),
        _case("repeated tokens", c, z, [z[1], c[0], *y]),
    )


def _case(id: str, c: list[int], z: list[int], y: list[int], **bos: int) -> Case:
    return Case(id, {"c": c, "z": z, "y": y, **bos})


EVERY = ("ordinary", "another start", "one-token answer", "no context")

PROPERTIES = (
    Property(
        "tokens",
        "the tokens are bos, c, z, y, in this order; c may be empty",
        1,
        (*EVERY, "repeated tokens"),
        core=True,
        part=0,
    ),
    Property("answer", "the mask is true exactly on y", 2, EVERY, core=True, part=1),
    Property(
        "by place",
        "the mask goes by place: a token of y that stands in c or z too is no answer there",
        1,
        ("repeated tokens",),
        part=1,
    ),
    Property(
        "inputs",
        "the lists that were passed in are as they were before",
        1,
        (*EVERY, "repeated tokens"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "the results are two tensors, int64 and bool",
        1,
        ("ordinary", "another start", "no context"),
        aspect="dtype",
    ),
)

_TOKENS, _MASK = frozenset({"tokens"}), frozenset({"answer", "by place"})

_MASK_HINTS = (
    "Print tokens and mask of c = [7], z = [8], y = [9, 1] below each other. Which positions "
    "should be true?",
    "The mask says where the answer *is*; what predicts it is the next exercise's business.",
    "The parts come one after the other: so many positions before the answer, so many of the "
    "answer. Where does each count come from?",
)


def _marked(id: str, parts: str, says: str, misconception: str) -> Mistake:
    return Mistake(id, {"marked": parts}, _MASK, says, _MASK_HINTS, misconception)


MISTAKES = (
    _marked(
        "input-marked-too",
        "z y",
        "The mask is true on z as well: the user's input would be trained as if the model had to "
        "write it.",
        "prompts-are-answers",
    ),
    _marked(
        "everything-marked",
        "bos c z y",
        "The mask is true everywhere: prompt and answer are not told apart.",
        "prompts-are-answers",
    ),
    _marked(
        "all-but-bos-marked",
        "c z y",
        "The mask is true on c, z and y: only y is the answer.",
        "prompts-are-answers",
    ),
    _marked(
        "mask-inverted",
        "bos c z",
        "The mask is true on the prompt and false on the answer: it is upside down.",
        "true-means-ignored",
    ),
    Mistake(
        "mask-by-value",
        {"marked": "ids of y"},
        frozenset({"by place"}),
        "Right until a token of y stands in c or z too: there it is marked as well. An answer is "
        "known by its place, not by its ids.",
        (
            "Try c = [5, 6], z = [7], y = [6, 1]. How often should the mask be true?",
            "The same id may stand in the question and in the answer.",
            "Count positions; don't compare tokens.",
        ),
        "tokens-are-known-by-id",
    ),
    Mistake(
        "answer-looked-up",
        {"marked": "from y[0] on"},
        frozenset({"by place"}),
        "The answer is taken to begin where its first token stands for the first time; where that "
        "token is in c or z too, part of the prompt is marked.",
        (
            "Try c = [5, 6], z = [7], y = [6, 1]. Where does your answer begin?",
            "A search finds the first place, not the one that you mean.",
            "How many tokens stand before y? No search is needed to know that.",
        ),
        "tokens-are-known-by-id",
    ),
    Mistake(
        "answer-looked-up-and-counted",
        {"marked": "from y[0] on, as many as y"},
        frozenset({"by place"}),
        "The mask is as long as y, but begins where y's first token stands for the first time, "
        "which may be in c or z.",
        (
            "Try c = [5, 6], z = [7], y = [6, 1]. Which two places do you mark?",
            "A search finds the first place, not the one that you mean.",
            "How many tokens stand before y? No search is needed to know that.",
        ),
        "tokens-are-known-by-id",
    ),
    Mistake(
        "mask-one-early",
        {"moved": "one early"},
        _MASK,
        "The mask is one position early: bos is missing in the count, so that it marks the "
        "positions that *predict* y.",
        (
            "Print tokens and mask below each other. Under which token does the first true stand?",
            "How many tokens stand before the answer? bos is one of them.",
            "Shifting is the next exercise: here the mask sits on the answer's own tokens.",
        ),
        "logits-sit-on-their-token",
    ),
    Mistake(
        "end-token-left-out",
        {"cut": "last token of y"},
        _MASK,
        "The last token of y is not marked: a model trained like this never learns to stop.",
        (
            "How many true values should the mask have for y of three tokens?",
            "y ends with its end token, and that is part of the answer.",
            "Look at the end of your range or slice: does it stop one too soon?",
        ),
        "the-end-teaches-nothing",
    ),
    Mistake(
        "end-token-twice",
        {"order": "bos c z y end", "marked": "y end", "cut": "nothing"},
        _TOKENS | _MASK,
        "The last token of y stands twice at the end: y ends with its end token already.",
        (
            "How long should the result be? n = 1 + |c| + |z| + |y|.",
            "Print your tokens beside c, z and y.",
            "Nothing is to be appended to y.",
        ),
    ),
    Mistake(
        "mask-without-bos",
        {"cut": "place of bos"},
        _MASK,
        "The mask is one shorter than the tokens: bos has no place in it.",
        (
            "Compare the lengths of your two results.",
            "Every token has its place in the mask; bos is a token.",
            "How many false values stand before the answer: |c| + |z|, or more?",
        ),
    ),
    Mistake(
        "input-before-context",
        {"order": "bos z c y"},
        _TOKENS,
        "z stands before c: the order is bos, c, z, y.",
        (
            "Print your tokens beside c, z and y.",
            "The instruction comes first, then what the user says, then the answer.",
            "Two parts of your sum are exchanged.",
        ),
        "order-is-free",
    ),
    Mistake(
        "answer-first",
        {"order": "bos y c z"},
        _TOKENS | _MASK,
        "y stands before c and z: what comes first cannot depend on what follows it, so an answer "
        "would be predicted without its question.",
        (
            "Print your tokens beside c, z and y.",
            "A token is predicted from those before it. What must stand before the answer?",
            "The order is that of the formula: bos, c, z, y.",
        ),
        "order-is-free",
    ),
    Mistake(
        "context-dropped",
        {"order": "bos z y"},
        _TOKENS | _MASK,
        "c is missing from the tokens.",
        (
            "How long should the result be? n = 1 + |c| + |z| + |y|.",
            "Which of your arguments is never used?",
            "The context may be empty, but where there is one, the model has to see it.",
        ),
    ),
    Mistake(
        "input-dropped",
        {"order": "bos c y"},
        _TOKENS | _MASK,
        "z is missing from the tokens.",
        (
            "How long should the result be? n = 1 + |c| + |z| + |y|.",
            "Which of your arguments is never used?",
            "Without the user's input there is nothing to answer.",
        ),
    ),
    Mistake(
        "no-bos",
        {"order": "c z y"},
        _TOKENS | _MASK,
        "bos is missing: with an empty context nothing would stand before the first token.",
        (
            "How long should the result be? n = 1 + |c| + |z| + |y|.",
            "What stands before the first token of c?",
            "The first token is the argument bos, always.",
        ),
    ),
    Mistake(
        "no-bos-without-context",
        {"start": "bos, unless c is empty"},
        frozenset({"tokens", "answer"}),
        "Right where there is a context; where c is empty, bos is missing too, and nothing stands "
        "before the first token of z.",
        (
            "Call it with c = []. How long should the result be?",
            "Does bos belong to the context, or to the whole row?",
            "An empty list needs no case of its own: [bos] + c is [bos] then.",
        ),
    ),
    Mistake(
        "no-bos-where-it-is-0",
        {"start": "bos, unless it is 0"},
        _TOKENS | _MASK,
        "bos is missing where its id is 0, which is what it is if nothing else is said: as a truth "
        "value the number 0 is false.",
        (
            "Call it with bos=0 and with bos=3. Are the results equally long?",
            "`if bos` asks whether bos is a number other than 0. Is that the question?",
            "bos always stands first, whatever its id.",
        ),
        "tokens-are-known-by-id",
    ),
    Mistake(
        "bos-after-context",
        {"order": "c bos z y"},
        _TOKENS,
        "bos stands between c and z: the row begins with bos, and c comes after it.",
        (
            "Print your tokens beside c, z and y.",
            "What stands before the first token of c?",
            "The order is that of the formula: bos, c, z, y.",
        ),
        "order-is-free",
    ),
    Mistake(
        "answer-before-input",
        {"order": "bos c y z"},
        _TOKENS | _MASK,
        "y stands before z: what comes first cannot depend on what follows it, so an answer would "
        "be predicted without its question.",
        (
            "Print your tokens beside c, z and y.",
            "A token is predicted from those before it. What must stand before the answer?",
            "The order is that of the formula: bos, c, z, y.",
        ),
        "order-is-free",
    ),
    Mistake(
        "bos-fixed",
        {"start": "0"},
        _TOKENS,
        "The first token is 0 whatever bos is: the argument is not used.",
        (
            "Call your function with bos=3.",
            "0 is only what bos is if nothing else is said.",
            "Look for a number in your code that should be a name.",
        ),
    ),
)

BUILD_INPUTS = Exercise(
    id="build_inputs",
    title="Tokens and mask of one example",
    oracle=tokens.build_inputs,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Two lists of the same length are wanted: the tokens, and for each token whether it "
        "belongs to the answer. Draw both for c = [7], z = [8], y = [9, 1].",
        "Lists are put together with +, which makes a new one; += and extend change the list that "
        "you were given.",
        "The example of the text: tokens [0, 7, 8, 9, 1], answer [F, F, F, T, T]. A tensor that is "
        "made of a list of integers is int64, one of True and False is bool.",
    ),
)
