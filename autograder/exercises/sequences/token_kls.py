"""`token_kls(tree_t, tree_s)`: E_{y_<i ~ Pr^t} KL(Pr^t(·|y_<i)‖Pr^s(·|y_<i)) for each i."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.sequences import draws
from autograder.oracles import sequences
from course_lib.checks.table import Case, Property


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Skewed pairs of several sizes, in which the prefix matters, and a match."""
    same = draws.tree(rng, 4, 3, 2.0)
    strangers = draws.tree(rng, 4, 3, 2.5), draws.tree(rng, 4, 3, 1.0)
    return (
        _case("pair", *draws.pair(rng, 4, 3)),
        _case("another pair", *draws.pair(rng, 4, 3)),
        _case("strangers", *strangers),
        _case("five tokens, length 2", *draws.pair(rng, 5, 2)),
        _case("three tokens, length 4", *draws.pair(rng, 3, 4)),
        _case("match", same, same),
        _case("float32", *strangers, dtype="float32", diagnose=False),
    )


def _case(
    id: str, tree_t: draws.Tree, tree_s: draws.Tree, dtype: str = "float64", **options: Any
) -> Case:
    inputs = {"tree_t": draws.inputs(tree_t, dtype), "tree_s": draws.inputs(tree_s, dtype)}
    return Case(id, inputs, **options)


PROPERTIES = (
    Property(
        "value",
        "the L values are right for four tokens and length 3: they add up to KL of the sequences",
        2,
        ("pair", "another pair", "strangers"),
        core=True,
    ),
    Property(
        "any size",
        "they are right for other numbers of tokens and other lengths",
        1,
        ("five tokens, length 2", "three tokens, length 4"),
    ),
    Property("match", "they are 0 where student and teacher agree", 1, ("match",)),
    Property(
        "inputs",
        "the lists and their tensors are as they were before",
        1,
        ("pair", "strangers"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "the result is a tensor of the trees' dtype: float32 in, float32 out, and float64 as well",
        1,
        ("float32", "pair"),
        aspect="dtype",
    ),
)

_AWAY = frozenset({"value", "any size"})
_ALL = _AWAY | {"match"}

_PREFIX_HINTS = (
    "Add your numbers up and compare with the KL of the enumerated sequences. For i = 0 there is "
    "no prefix: is that number right?",
    "The expectation runs over prefixes that the teacher writes. How often does each come?",
    "The weights of the prefixes of length i are what sequence_log_probs says of the teacher's "
    "first i levels, exponentiated; they add up to 1.",
)

MISTAKES = (
    Mistake(
        "prefixes-equal",
        {"prefixes": "equal"},
        _AWAY,
        "All prefixes are weighed alike: a prefix counts as often as the teacher writes it.",
        _PREFIX_HINTS,
        "every-prefix-counts-the-same",
    ),
    Mistake(
        "prefix-by-its-last-token",
        {"prefixes": "last token"},
        _AWAY,
        "A prefix is weighed by its last token's probability alone: how likely the tokens before "
        "that one are is left out. Up to the second token it makes no difference.",
        (
            "What do your weights of all prefixes of length 2 add up to?",
            "Pr(y_0, y_1) is Pr(y_0) times Pr(y_1 | y_0).",
            *_PREFIX_HINTS[2:],
        ),
        "prefixes-do-not-matter",
    ),
    Mistake(
        "prefixes-from-the-right",
        {"prefixes": "teacher, from the right"},
        _AWAY,
        "The weights of longer prefixes are multiplied with their dimensions lined up from the "
        "right: the first token's probability is put on a later token.",
        (
            "Work out by hand the weight of one prefix of two tokens. What does yours hold there?",
            "Broadcasting fills up dimensions on the left. Where does the next token's dimension "
            "belong?",
            "Give the weights a new last dimension before you multiply them with a level.",
        ),
        "shapes-align-from-the-left",
    ),
    Mistake(
        "summed-over-the-first-token",
        {"over": "first"},
        _AWAY,
        "The terms are summed over the first dimension, which is the prefix's first token: a KL is "
        "a sum over the next token, the last dimension.",
        (
            "Sum the teacher's probabilities in the way you sum the terms. Do you get ones?",
            "Which dimension of [V, V, V] is normalised?",
            "Count dimensions from the end rather than from the start.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "prefixes-summed",
        {"prefixes": "summed"},
        _AWAY,
        "The KLs of all prefixes are added up without a weight, so that later tokens seem to "
        "differ more and more.",
        _PREFIX_HINTS,
        "every-prefix-counts-the-same",
    ),
    Mistake(
        "prefixes-of-student",
        {"prefixes": "student"},
        _AWAY,
        "The prefixes are weighed by the *student*: the chain rule for KL(t‖s) takes those that "
        "the teacher writes. (Prefixes of the student's own belong to another loss, on-policy "
        "distillation.)",
        _PREFIX_HINTS,
        "the-student-writes-the-prefixes",
    ),
    Mistake(
        "greedy-prefix-only",
        {"prefixes": "greedy"},
        _AWAY,
        "Only the prefix that greedy decoding writes counts; the expectation runs over all of "
        "them.",
        _PREFIX_HINTS,
        "only-the-top-matters",
    ),
    Mistake(
        "marginals",
        {"prefixes": "summed out"},
        _AWAY,
        "You compare the marginals, Pr(y_i) with the prefix summed out. What depends on the prefix "
        "is averaged away before it is compared, so this is too small.",
        (
            "Add your numbers up and compare with the KL of the enumerated sequences.",
            "Compare first, for each prefix by itself; then take the mean.",
            "KL of means is never more than the mean of the KLs.",
        ),
        "log-and-mean-commute",
    ),
    Mistake(
        "direction-swapped",
        {"compare": "KL(s‖t)"},
        _AWAY,
        "At each prefix you compute KL(student‖teacher): the direction is swapped.",
        (
            "In KL(p‖q) one of the two weighs the terms of the sum. Which one does in yours?",
            "The teacher writes the prefix, and the next token too.",
            "Two names are exchanged.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "weighed-twice",
        {"compare": "p_t twice"},
        _AWAY,
        "The next token's probability is there twice: in the weight, and once more in front of "
        "the logarithms.",
        (
            "For i = 0 there is no prefix: is that number right?",
            "What do all your weights of one i add up to? It should be 1.",
            "Weigh with the prefix's probability and the token's, or with that of both together.",
        ),
        "draws-need-weights",
    ),
    Mistake(
        "next-token-not-weighed",
        {"compare": "none"},
        _AWAY,
        "At each prefix the ratios log Pr^t/Pr^s are added without their weights: the next token's "
        "probability is missing.",
        (
            "For i = 0 there is no prefix: is that number right?",
            "A token that the teacher hardly ever writes: should it count as much as the others?",
            "A factor is missing in front of the logarithms.",
        ),
        "every-prefix-counts-the-same",
    ),
    Mistake(
        "weighed-by-the-student",
        {"compare": "p_s"},
        _AWAY,
        "The ratios log Pr^t/Pr^s are weighed by the *student's* probabilities of the next token: "
        "that makes −KL(s‖t), which is negative.",
        (
            "Are your values negative? Can they be?",
            "The teacher writes the prefix, and the next token too.",
            "The logarithms are right; the weight in front of them is the other model's.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "cross-entropy",
        {"compare": "cross-entropy"},
        _ALL,
        "Your values are cross-entropies: the teacher's entropy is still in them.",
        (
            "Call it with the same tree twice. What is left over?",
            "KL(p‖q) = cross-entropy of p and q − entropy of p.",
            "The teacher's logarithm does not appear in your sum yet.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "cumulative",
        {"add": "cumulative"},
        _AWAY,
        "Each value holds those before it as well: they are running sums. The last one is the KL "
        "of the sequences.",
        (
            "Is your second number the first plus something?",
            "Each value belongs to one token.",
            "Look for a total that is appended again and again.",
        ),
    ),
    Mistake(
        "added-up",
        {"add": "in all"},
        _ALL,
        "You return the sum over the tokens; the L summands are asked for.",
        (
            "What shape was promised?",
            "Which token differs most? Your result cannot say.",
            "The last step is one too many.",
        ),
    ),
    Mistake(
        "mean-over-outcomes",
        {"outcomes": "mean"},
        _AWAY,
        "Your values are 1/V of the expected ones: the outcomes are averaged, and KL is their sum.",
        (
            "Divide the expected value by yours. Do you know that number?",
            "KL is an expectation already: the teacher's probabilities are its weights.",
            "Over the next token the terms are added.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "sign",
        {"sign": "−"},
        _AWAY,
        "Your values are the expected ones with the opposite sign; a KL cannot be negative.",
        (
            "Are your values negative? Can they be?",
            "log p − log q, or log q − log p: which of them is in KL(p‖q)?",
            "The size is right to the last digit.",
        ),
        "loss-is-log-likelihood",
    ),
    Mistake(
        "prefix-ignored",
        {"read": "row of the first prefix"},
        _AWAY,
        "The row of the first prefix is used for all prefixes, of teacher and student.",
        (
            "Look at the second token's distribution for two different first tokens.",
            "What comes next depends on what came before.",
            "An index 0 picks the first prefix's row for everybody.",
        ),
        "prefixes-do-not-matter",
    ),
)

TOKEN_KLS = Exercise(
    id="token_kls",
    title="The chain rule of KL",
    oracle=sequences.token_kls,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "For each i: a KL for every prefix of length i, and their mean. Who writes the prefixes?",
        "A level of the tree holds a distribution for every prefix. Compare the two levels row by "
        "row and sum over the last dimension: that is the KL of every prefix, [V]*i. Their weights "
        "have the same shape.",
        "The weights are the probabilities of the prefixes: what sequence_log_probs says of the "
        "first i levels, exponentiated; 1 for i = 0. Check: your L numbers add up to the KL of the "
        "enumerated sequences.",
    ),
)
