"""`argmax_loss(tree_t, tree_s)`: −log Pr^s(ŷ), ŷ the likeliest of all sequences under Pr^t."""

from __future__ import annotations

import numpy as np

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.sequences import draws
from autograder.oracles import sequences
from course_lib.checks.table import Case, Property


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Trees whose mode greedy decoding finds, also at the very beginning, and trees with a trap.

    "early" ones have their mode among the first V of all sequences: there alone an index of the
    flattened array runs, and gives rows where a number is wanted; elsewhere it raises.
    """
    return (
        _case(rng, "mode", _path(rng, 4, 3)),
        _case(rng, "longer", _path(rng, 3, 4)),
        *(_case(rng, f"early {k}", draws.tree_of_path(rng, 4, (0, 0, k))) for k in (1, 2, 3)),
        _case(rng, "trap", draws.tree_with_a_trap(rng, 4)),
        _case(rng, "another trap", draws.tree_with_a_trap(rng, 5)),
        _case(rng, "deep trap", draws.tree_with_a_deep_trap(rng, 4)),
    )


def _path(rng: np.random.Generator, V: int, L: int) -> draws.Tree:
    return draws.tree_of_path(rng, V, (V - 1, *map(int, rng.integers(0, V, L - 1))))


def _case(rng: np.random.Generator, id: str, tree_t: draws.Tree) -> Case:
    """The teacher with a student that has another mode, which greedy decoding does not find."""
    V, L = len(tree_t[0]), len(tree_t)
    tree_s = draws.tree(rng, V, L)
    while not _suits(tree_s, tree_t):
        tree_s = draws.tree(rng, V, L)
    return Case(id, {"tree_t": draws.inputs(tree_t), "tree_s": draws.inputs(tree_s)})


def _suits(tree_s: draws.Tree, tree_t: draws.Tree) -> bool:
    runner_up, best = np.sort(sequences.sequence_log_probs(tree_s), axis=None)[-2:]
    others = (sequences.mode(tree_t), sequences.greedy(tree_s))
    return sequences.mode(tree_s) not in others and bool(best - runner_up > 1e-3)


PROPERTIES = (
    Property(
        "value",
        "the value is right where greedy decoding would find ŷ",
        2,
        ("mode", "longer", "early 1", "early 2", "early 3"),
        core=True,
    ),
    Property(
        "mode",
        "it is right where the likeliest sequence does not begin with the likeliest token",
        2,
        ("trap", "another trap", "deep trap"),
    ),
    Property(
        "inputs",
        "the lists and their tensors are as they were before",
        1,
        ("mode", "trap"),
        aspect="unchanged",
    ),
)

_MODE = frozenset({"mode"})
_BOTH = _MODE | {"value"}

MISTAKES = (
    Mistake(
        "greedy",
        {"chosen": "greedy"},
        _MODE,
        "You take the likeliest token at each step. That is the likeliest *sequence* only where no "
        "better one begins with a less likely token.",
        (
            "First tokens .4 and .3; after the first nothing is likely, after the second "
            "everything is certain. Which sequence is likeliest?",
            "Greedy decoding never goes back.",
            "With 64 sequences one can look at all of them: you have their probabilities.",
        ),
        "greedy-finds-the-mode",
    ),
    Mistake(
        "beam-of-two",
        {"chosen": "beam of two"},
        _MODE,
        "You keep the two likeliest prefixes at each step. The likeliest sequence may begin with "
        "one that was dropped.",
        (
            "First tokens .34, .30 and .26; only after the third is the rest certain. Which "
            "sequence is likeliest?",
            "A wider beam fails more rarely, but what it has dropped it never sees again.",
            "With 64 sequences one can look at all of them: you have their probabilities.",
        ),
        "greedy-finds-the-mode",
    ),
    Mistake(
        "mode-of-the-last-level",
        {"chosen": "mode of the last level"},
        _MODE,
        "You take the place of the largest number in the last level of the tree: the surest last "
        "step, however unlikely the beginning is that leads there.",
        (
            "After which first tokens does your ŷ come? How likely are they?",
            "tree[L − 1] holds Pr(y_{L−1} | what came before), not the probability of a sequence.",
            "Multiply the levels first; then look for the largest.",
        ),
        "prefixes-do-not-matter",
    ),
    Mistake(
        "least-likely",
        {"chosen": "least likely"},
        _BOTH,
        "Your ŷ is the teacher's *least* likely sequence.",
        (
            "What is the teacher's probability of your ŷ?",
            "The largest probability has the largest logarithm, which is the one nearest to 0.",
            "A minimum is taken where a maximum is meant.",
        ),
    ),
    Mistake(
        "last-token-scored-only",
        {"scored": "last token by student"},
        _BOTH,
        "Your value is the student's −log Pr of ŷ's *last token*: the tokens before it are not "
        "counted.",
        (
            "For how many tokens do you ask the student?",
            "The probability of a sequence is a product over all of its tokens.",
            "sequence_log_probs knows the student's logarithm of the whole of ŷ.",
        ),
    ),
    Mistake(
        "last-token-of-each-prefix",
        {"chosen": "last token of each prefix"},
        _BOTH,
        "You take the likeliest last token after every prefix, so that there are V^(L−1) results: "
        "ŷ is one sequence, the likeliest of all.",
        (
            "What shape has your result? One number is asked for.",
            "The largest of each row is not the largest of all.",
            "The maximum runs over every dimension at once.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "swapped",
        {"roles": "swapped"},
        _BOTH,
        "Teacher and student are exchanged: your ŷ is the student's likeliest sequence, and the "
        "teacher is asked how likely it is.",
        (
            "Who chooses ŷ, and who is asked?",
            "In this loss the teacher writes, and the student is the one who learns.",
            "Two names are exchanged.",
        ),
        "the-student-writes-the-prefixes",
    ),
    Mistake(
        "decoded-for-four-tokens",
        # of the teacher's mode alone: of others it raises too often to be recognised
        {"index": "by 16, 4 and 1", "chosen": "mode of teacher", "roles": "as named"},
        _BOTH,
        "The place in the flattened array is taken apart with 16, 4 and 1: that is right for four "
        "tokens and length 3 alone.",
        (
            "Call it with five tokens. What should 16 and 4 be then?",
            "The numbers are V² and V; how many of them there are depends on L.",
            "Flatten both arrays alike, and no taking apart is needed.",
        ),
    ),
    Mistake(
        "index-backwards",
        {"index": "backwards"},
        _BOTH,
        "The flat index is taken apart from its end, and the student is asked for the sequence "
        "*backwards*: its last token first.",
        (
            "Take the place of your ŷ apart by hand, for four tokens. Which token comes first?",
            "The remainder by V is the *last* token's index: the last dimension runs fastest.",
            "Turn the order of your tokens round, or flatten both arrays and look there.",
        ),
    ),
    Mistake(
        "tokens-by-themselves",
        {"chosen": "mode of each token"},
        _MODE,
        "You take the likeliest token at each position, whatever the others are: together they "
        "need not be a likely sequence at all.",
        (
            "What is the probability of your ŷ under the teacher, and what is the largest one?",
            "Tokens of a sequence go together: 'New York' or 'Los Angeles', not 'New Angeles'.",
            "One argmax over whole sequences is wanted.",
        ),
        "prefixes-do-not-matter",
    ),
    Mistake(
        "mode-of-the-student",
        {"chosen": "mode of student"},
        _BOTH,
        "ŷ is the student's favourite: the student would be taught by itself.",
        (
            "Who chooses ŷ?",
            "In this loss the teacher writes, and the student is asked how likely that is.",
            "One of the two trees is used for both steps.",
        ),
        "the-student-writes-the-prefixes",
    ),
    Mistake(
        "teachers-own-probability",
        {"scored": "by teacher"},
        _BOTH,
        "Your value is −log Pr^t(ŷ): the student plays no part in it.",
        (
            "Change the student. Does your loss change?",
            "The teacher chooses ŷ; whose probability of it is the loss?",
            "One of the two trees is used for both steps.",
        ),
        "the-student-is-not-asked",
    ),
    Mistake(
        "weighed",
        {"weight": "Pr^t(ŷ)"},
        _BOTH,
        "The student's logarithm is weighed by Pr^t(ŷ): in this loss ŷ stands for the whole "
        "distribution, with weight 1.",
        (
            "Divide your value by the expected one. Whose probability is that?",
            "The formula has a logarithm and a minus, and nothing in front.",
            "Leave the teacher's probability out, once ŷ is chosen.",
        ),
        "draws-need-weights",
    ),
    Mistake(
        "index-of-the-flattened-array",
        {"index": "flat"},
        _BOTH | {"inputs"},
        "argmax counts through the flattened array; used as an index of the first dimension its "
        "result picks a whole slice, or lies outside.",
        (
            "What does argmax of a [4, 4, 4] tensor return? How large can it be?",
            "A number from 0 to 63 is an index of the flattened tensor only.",
            "Flatten both, or turn the number into three indices.",
        ),
    ),
    Mistake(
        "sign",
        {"sign": "+"},
        _BOTH,
        "Your value is the expected one with the opposite sign: the minus that is missing in print "
        "is missing here too.",
        (
            "Is your loss negative?",
            "Logarithms of probabilities are negative. What makes a loss of them?",
            "The size is right to the last digit.",
        ),
        "loss-is-log-likelihood",
    ),
    Mistake(
        "mean-over-length",
        {"mean": "L"},
        _BOTH,
        "Your value is 1/L of the expected one: it is the loss per token.",
        (
            "Divide the expected value by yours. Do you know that number?",
            "The formula has no length in it.",
            "Don't divide at the end.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "exact-loss",
        {"weight": "Pr^t, all sequences"},
        _BOTH,
        "Your value is the exact loss over all sequences: here a single one counts, ŷ.",
        (
            "How many sequences take part in your sum?",
            "ŷ is one sequence, the teacher's likeliest.",
            "Choose first, then look up one number of the student's.",
        ),
        "the-mode-stands-for-all",
    ),
    Mistake(
        "prefix-ignored",
        {"read": "row of the first prefix"},
        _BOTH,
        "The row of the first prefix is used for all prefixes, of teacher and student.",
        (
            "Is your sequence_log_probs right? This function may stand on it.",
            "What comes next depends on what came before.",
            "An index 0 picks the first prefix's row for everybody.",
        ),
        "prefixes-do-not-matter",
    ),
)

ARGMAX_LOSS = Exercise(
    id="argmax_loss",
    title="The loss of the likeliest sequence",
    oracle=sequences.argmax_loss,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Two steps: which sequence is the teacher's likeliest, and how likely does the student "
        "find it?",
        "sequence_log_probs of the teacher has all 64 numbers; the largest may not begin with the "
        "likeliest first token.",
        "argmax of the flattened tensor is an index of the flattened tensor: flatten the student's "
        "log-probabilities too, and look there.",
    ),
)
