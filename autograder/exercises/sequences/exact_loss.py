"""`exact_loss(tree_t, tree_s)`: −Σ_y Pr^t(y) log Pr^s(y), over all sequences."""

from __future__ import annotations

import numpy as np

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.sequences import draws
from autograder.oracles import sequences
from course_lib.checks.table import Case, Property


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Skewed pairs of several sizes, in which the prefix matters, and a match."""
    same = draws.tree(rng, 4, 3, 2.0)
    return (
        _case("pair", *draws.pair(rng, 4, 3)),
        _case("another pair", *draws.pair(rng, 4, 3)),
        _case("strangers", draws.tree(rng, 4, 3, 2.5), draws.tree(rng, 4, 3, 1.0)),
        _case("five tokens, length 2", *draws.pair(rng, 5, 2)),
        _case("three tokens, length 4", *draws.pair(rng, 3, 4)),
        _case("match", same, same),
    )


def _case(id: str, tree_t: draws.Tree, tree_s: draws.Tree) -> Case:
    return Case(id, {"tree_t": draws.inputs(tree_t), "tree_s": draws.inputs(tree_s)})


PROPERTIES = (
    Property(
        "value",
        "the value is right for four tokens and length 3",
        3,
        ("pair", "another pair", "strangers"),
        core=True,
    ),
    Property(
        "any size",
        "it is right for other numbers of tokens and other lengths",
        1,
        ("five tokens, length 2", "three tokens, length 4"),
    ),
    Property(
        "match",
        "where student and teacher agree it is the teacher's entropy, not 0",
        1,
        ("match",),
    ),
    Property(
        "inputs",
        "the lists and their tensors are as they were before",
        1,
        ("pair", "strangers"),
        aspect="unchanged",
    ),
)

_AWAY = frozenset({"value", "any size"})
_ALL = _AWAY | {"match"}

_AXES_HINTS = (
    "Do the student's probabilities of all sequences add up to 1?",
    "tree[0] has one dimension, that of the first token. With which dimension of tree[2] does it "
    "meet in a plain sum?",
    "Missing dimensions are filled up from the left; the new one is needed at the other end. "
    "sequence_log_probs does it right.",
)

MISTAKES = (
    Mistake(
        "sign",
        {"sign": "+"},
        _ALL,
        "Your value is the expected one with the opposite sign: the minus that is missing in print "
        "is missing here too. Minimising this drives the student to the teacher's *least* likely "
        "output.",
        (
            "Is your loss negative? A cross-entropy of discrete outcomes cannot be.",
            "Logarithms of probabilities are negative. What makes a loss of them?",
            "The size is right to the last digit.",
        ),
        "loss-is-log-likelihood",
    ),
    Mistake(
        "swapped",
        {"compare": "Σ P_s log P_t"},
        _AWAY,
        "Your numbers are −Σ Pr^s log Pr^t: teacher and student are exchanged. The two can be "
        "close; on skewed trees they are not.",
        (
            "Whose probabilities weigh the terms, and whose logarithm is taken?",
            "The teacher says how often y comes; the student is judged by what it gave to y.",
            "Two names are exchanged.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "kl-instead",
        {"compare": "Σ P_t log (P_s / P_t)"},
        _ALL,
        "Your value is KL of the sequences: the teacher's entropy is subtracted. This exercise "
        "asks for the cross-entropy, which is not 0 at a match.",
        (
            "Call it with the same tree twice. What is expected, and what do you get?",
            "Cross-entropy = entropy of the teacher + KL.",
            "The teacher's logarithm does not appear in the formula.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "prefixes-equal",
        {"prefixes": "equal"},
        _ALL,
        "Added up token by token, with all prefixes weighed alike: a prefix counts as often as the "
        "teacher writes it.",
        (
            "How often does the teacher begin with the second token? How much does that prefix "
            "weigh in your sum?",
            "Σ_y Pr^t(y) (…) is a sum over whole sequences; a mean over rows is not the same.",
            "Each row is weighed by Pr^t of its prefix.",
        ),
        "every-prefix-counts-the-same",
    ),
    Mistake(
        "prefixes-summed",
        {"prefixes": "summed"},
        _ALL,
        "The cross-entropies after all prefixes are added up without a weight: a prefix that the "
        "teacher never writes counts as much as its favourite.",
        (
            "How many prefixes of length 2 are there, and what do their weights add up to?",
            "Σ_y Pr^t(y) (…) is a sum over whole sequences: in it, a row counts as often as its "
            "prefix comes.",
            "Each row is weighed by Pr^t of its prefix.",
        ),
        "every-prefix-counts-the-same",
    ),
    Mistake(
        "prefixes-of-student",
        {"prefixes": "student"},
        _AWAY,
        "Added up token by token, with prefixes weighed by the *student*: in this loss the teacher "
        "writes, and the student is only asked.",
        (
            "Who writes the sequence in −Σ Pr^t(y) log Pr^s(y)?",
            "The weight of a prefix is how often it comes, and y comes from the teacher.",
            "One of your weights is computed from the wrong tree.",
        ),
        "the-student-writes-the-prefixes",
    ),
    Mistake(
        "first-token-only",
        {"tokens": "first"},
        _ALL,
        "Only the first token counts.",
        (
            "Change tree_s[2]. Does your loss change?",
            "A sequence's loss is the sum over its tokens.",
            "Look at where your sum ends.",
        ),
    ),
    Mistake(
        "last-token-only",
        {"tokens": "last"},
        _ALL,
        "Only the last token counts.",
        (
            "Change tree_s[0]. Does your loss change?",
            "A sequence's loss is the sum over its tokens.",
            "The student's log-probability of a sequence uses every level of the tree.",
        ),
    ),
    Mistake(
        "mean-over-sequences",
        {"mean": "V^L"},
        _ALL,
        "Your value is 1/V^L of the expected one: the terms are averaged. The teacher's "
        "probabilities are weights already, and add up to 1.",
        (
            "Divide the expected value by yours. Do you know that number?",
            "An expectation is a weighted sum; it needs no further division.",
            "Which function did you use to add up?",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "mean-over-length",
        {"mean": "L"},
        _ALL,
        "Your value is 1/L of the expected one: it is the loss per token.",
        (
            "Divide the expected value by yours. Do you know that number?",
            "The formula has no length in it.",
            "Don't divide at the end.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "base-two",
        {"base": "2"},
        _ALL,
        "Your value is 1.4427 = 1/ln 2 times the expected one: it is in bits.",
        (
            "Divide your value by the expected one. Do you know that number?",
            "The trees hold natural logarithms.",
            "Only the base of the logarithm is wrong.",
        ),
        "any-logarithm-will-do",
    ),
    Mistake(
        "weights-of-last-tokens",
        {"weights": "of last tokens"},
        _ALL,
        "The weights are normalised over the last token: how likely the teacher makes the tokens "
        "before it is lost.",
        (
            "What do your weights add up to, over all sequences?",
            "The exponential of a log-probability is a probability already; a softmax would "
            "normalise it once more, and over one dimension only.",
            "Pr^t(y) is the whole sequence's probability.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "broadcast-from-the-right",
        {"from_the_right": "both"},
        _ALL,
        "The levels of both trees are added up as they are: broadcasting fills up dimensions on "
        "the left, so that the first token's probability is put on the last token.",
        _AXES_HINTS,
        "shapes-align-from-the-left",
    ),
    Mistake(
        "student-from-the-right",
        {"from_the_right": "student"},
        _ALL,
        "The student's levels are added up as they are, and broadcasting puts its first token's "
        "probability on the last token. The teacher's are right.",
        _AXES_HINTS,
        "shapes-align-from-the-left",
    ),
    Mistake(
        "last-token-summed-only",
        {"summed": "over the last token"},
        _ALL,
        "You sum over the last token alone, and give back one number for each prefix.",
        (
            "What shape has your result? One number is asked for.",
            "How many dimensions do the products have, and over how many did you sum?",
            "A sum without a dimension runs over everything, whatever L is.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "weights-missing",
        {"compare": "Σ log P_s"},
        _ALL,
        "The teacher's probabilities are missing: every sequence counts the same.",
        (
            "Change the teacher. Does your loss change?",
            "A sequence that the teacher never writes should not count.",
            "Each logarithm has a weight in front of it.",
        ),
        "the-teacher-is-not-asked",
    ),
    Mistake(
        "weighed-twice",
        {"compare": "Σ P_t² log P_s"},
        _ALL,
        "The student's logarithms are weighed by the *square* of the teacher's probabilities: a "
        "factor is there twice.",
        (
            "Do your weights add up to 1?",
            "The weight of a sequence is how often the teacher writes it.",
            "One factor Pr^t is too many.",
        ),
        "draws-need-weights",
    ),
    Mistake(
        "weights-are-logarithms",
        {"compare": "Σ log P_t log P_s"},
        _ALL,
        "The student's logarithms are weighed by the teacher's *logarithms*: its probabilities are "
        "the weights.",
        (
            "Do your weights add up to 1?",
            "The likeliest sequence should weigh most. What is its logarithm?",
            "An exponential is missing.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "logarithm-of-the-sum",
        {"compare": "log Σ P_t P_s"},
        _ALL,
        "Your value is −log Σ Pr^t Pr^s: the logarithm is taken after the sum.",
        (
            "log of a sum, or sum of logs: which of them is in the formula?",
            "The logarithm of a mean is not the mean of logarithms.",
            "Exchange two steps.",
        ),
        "log-and-mean-commute",
    ),
    Mistake(
        "no-logarithm",
        {"compare": "Σ P_t P_s"},
        _ALL,
        "The student's probability stands where its logarithm should.",
        (
            "What is your loss where both are sure of the same sequence?",
            "sequence_log_probs gives logarithms. How many exponentials did you apply?",
            "The exponential belongs on the teacher's side alone.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "prefix-ignored",
        {"read": "row of the first prefix"},
        _ALL,
        "The row of the first prefix is used for all prefixes, of teacher and student.",
        (
            "Is your sequence_log_probs right? This function may stand on it.",
            "What comes next depends on what came before.",
            "An index 0 picks the first prefix's row for everybody.",
        ),
        "prefixes-do-not-matter",
    ),
)

EXACT_LOSS = Exercise(
    id="exact_loss",
    title="The loss of all sequences",
    oracle=sequences.exact_loss,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "It is a cross-entropy, and its outcomes are whole sequences. How many are there, and "
        "where do you have their log-probabilities?",
        "sequence_log_probs of both trees; one of the two is exponentiated and weighs the other.",
        "Multiply element by element, sum over everything, and mind the minus. At a match the "
        "result is the teacher's entropy.",
    ),
)
