"""Mistakes with the loop: what is cleared when, when a step is taken, and of which batches."""

from __future__ import annotations

from autograder.exercises.distillation.distill_mistakes.breaks import ALL, EVERY, GROUPS, MOVES
from autograder.exercises.exercise import Mistake

_LEARNS = frozenset({"learns"})

_INNER_HINTS = (
    "Write down, for a group of three batches, what is in the gradient after each backward pass, "
    "and when the optimizer moves.",
    "A step is: clear once, send back three times, move once.",
    "Two loops, one in the other. Which of your lines belong to the outer one?",
)

CLEARED = (
    Mistake(
        "zero-grad-missing",
        {"zero": "never"},
        ALL | _LEARNS,
        "Old gradients are not cleared before each step: every step is taken along the sum of all "
        "gradients so far, and the student overshoots more and more.",
        (
            "Let your function take two steps on one batch. How much longer is the second?",
            "A backward pass *adds* to the gradients that are there; it does not replace them.",
            "Within a group that is what you want. And between groups?",
        ),
        "gradients-start-at-zero",
    ),
    Mistake(
        "cleared-before-each-batch",
        {"zero": "before each batch"},
        GROUPS | {"left over", "curve"} | _LEARNS,
        "Gradients are cleared before each batch, within a group too: only the last batch of each "
        "group is ever learnt.",
        _INNER_HINTS,
        "gradients-start-at-zero",
    ),
    Mistake(
        "zero-grad-after-the-step-only",
        {"zero": "after each step"},
        frozenset({"left over"}),
        "Gradients are cleared after each step only: whatever somebody left behind before the call "
        "still counts in the first one.",
        (
            "What does your function do with gradients that are there when it is called?",
            "A function that relies on the cleanliness of its caller is right only by agreement.",
            "Move one line to the top of the loop.",
        ),
        "gradients-start-at-zero",
    ),
)

STEPPED = (
    Mistake(
        "step-after-each-batch",
        {"step": "after each batch"},
        GROUPS | {"left over", "curve"},
        "The optimizer moves after each batch, while gradients go on adding up within the group: "
        "three steps instead of one, along ever longer gradients.",
        _INNER_HINTS,
    ),
    Mistake(
        "sum-so-far-sent-back",
        {"backward": "the sum so far"},
        GROUPS | {"left over", "curve"},
        "After each batch the sum *so far* is sent back: the first batch of a group of three "
        "counts three times, the second twice.",
        (
            "How often does the first batch of a group reach the gradient?",
            "Gradients add up by themselves; a sum that adds up as well counts twice.",
            "Send back each batch's own share, or the whole sum once.",
        ),
        "gradients-start-at-zero",
    ),
    Mistake(
        "nothing-moves",
        {"step": "never"},
        ALL | _LEARNS,
        "No weight of the student moves: there is no step, or the optimizer finds no gradients "
        "when it takes it, because they were cleared just before or come only after.",
        (
            "Compare the student's weights before and after. Which line of yours changes them?",
            "The optimizer moves weights along the gradients that it finds at that moment.",
            "Clear, send back, step, in this order.",
        ),
        "steps-compute-gradients",
    ),
    Mistake(
        "step-before-the-gradients",
        {"step": "before the batches"},
        MOVES,
        "Each step is taken before the gradients of its group are there, with those of the group "
        "before: your student learns everything one step late, and the last group never.",
        (
            "Which gradients does the optimizer find when it takes its first step?",
            "A step uses the gradients that lie in the parameters; it computes none.",
            "The step comes last.",
        ),
        "steps-compute-gradients",
    ),
    Mistake(
        "uphill",
        {"sign": "−gradient"},
        ALL | _LEARNS,
        "Every weight moves by the right amount in the wrong direction: the curve rises.",
        (
            "Look at the losses that you return. Which way do they go?",
            "The gradient points to where the loss grows; θ − η·g goes the other way.",
            "One sign is wrong, after the loss was computed.",
        ),
        "gradient-points-downhill",
    ),
    Mistake(
        "loss-negated",
        {"sign": "−loss"},
        ALL | _LEARNS,
        "The sign of the loss is wrong: what you return is negative, and the student is driven "
        "away from the teacher.",
        (
            "Can a KL be negative?",
            "An optimizer goes downhill by itself: it is given the loss, not its opposite.",
            "One minus sign is too many.",
        ),
        "gradient-points-downhill",
    ),
    Mistake(
        "optimizer-without-memory",
        {"stepped_by": "θ − lr·g"},
        frozenset({"steps", "last group"}) | _LEARNS,
        "Each step is right for plain SGD and forgets the ones before: momentum is lost, as if an "
        "optimizer were made anew each time, or the step taken by hand.",
        (
            "Is the optimizer that you were given the one that takes the steps?",
            "Momentum, and Adam's averages, are stored in the optimizer: a new one has no memory.",
            "Use the argument.",
        ),
        "optimizers-have-no-memory",
    ),
    Mistake(
        "memory-lost-between-calls",
        {"stepped_by": "a new memory in each call"},
        frozenset({"steps"}),
        "Each call begins with an optimizer that remembers nothing: a training that is called "
        "again does not go on, it begins anew.",
        (
            "What does momentum know at the first step of your second call?",
            "Momentum, and Adam's averages, are stored in the optimizer that is passed.",
            "Leave its state as it is.",
        ),
        "optimizers-have-no-memory",
    ),
    Mistake(
        "step-by-hand",
        {"stepped_by": "θ − .1·g"},
        ALL | _LEARNS,
        "Your steps are θ − .1·g: the optimizer that was passed, its learning rate and its "
        "momentum are ignored.",
        (
            "Do your steps change when the optimizer has another learning rate?",
            "How far to go, and with which memory, is for the optimizer to decide.",
            "A number of yours stands where the optimizer should.",
        ),
        "optimizers-have-no-memory",
    ),
)

GROUPED = (
    Mistake(
        "accumulate-ignored",
        {"groups": "of one"},
        GROUPS | {"left over", "curve"},
        "Every batch is a step of its own: `accumulate` is ignored.",
        (
            "How many losses do you return for six batches and accumulate = 3?",
            "Accumulation is for steps that are made of more batches than fit into memory at once.",
            "Cut the list of batches into groups first.",
        ),
    ),
    Mistake(
        "last-group-dropped",
        {"groups": "full ones only"},
        frozenset({"last group", "curve"}),
        "Batches that are left over at the end, fewer than `accumulate`, are never learnt from.",
        (
            "How many losses do you return for seven batches and accumulate = 3?",
            "An incomplete last group is a step, too.",
            "What does your loop do when the list ends in the middle of a group?",
        ),
        "the-rest-does-not-count",
    ),
    Mistake(
        "first-group-of-one",
        {"groups": "the first of one"},
        GROUPS | {"left over", "curve"},
        "The first step is taken after a single batch, and all groups after it are shifted: the "
        "condition is true at batch 0 already.",
        (
            "After which batches is a step taken, for six batches and accumulate = 3?",
            "Counting begins with 0, and 0 is a multiple of everything.",
            "Compare how many batches have been read, not the index of the last one.",
        ),
    ),
    Mistake(
        "one-more-in-each-group",
        {"groups": "of one more"},
        ALL - {"left over"},
        "Each group has one batch more than `accumulate` says.",
        (
            "How many batches does a step of yours have with accumulate = 1?",
            "When is your counter raised, and when is it compared?",
            "Count the batch that was just read before you compare.",
        ),
    ),
    Mistake(
        "rest-joins-the-last-group",
        {"groups": "the rest with the last"},
        frozenset({"last group", "curve"}),
        "Batches that are left over at the end are added to the group before; they are a step of "
        "their own.",
        (
            "How many losses do you return for seven batches and accumulate = 3?",
            "An incomplete last group is a step, too.",
            "Nothing needs to be done with the last slice of the list.",
        ),
        "the-rest-does-not-count",
    ),
    Mistake(
        "everything-twice",
        {"groups": "all twice"},
        ALL,
        "All batches are gone through twice: there are twice as many steps as asked for.",
        (
            "How many losses do you return for six batches and accumulate = 3?",
            "Who wants another pass can call your function again.",
            "There is one loop too many.",
        ),
    ),
    Mistake(
        "one-step-for-all",
        {"groups": "all in one"},
        (ALL - {"left over"}) | _LEARNS,
        "There is one step for all batches together, at the very end.",
        (
            "How many losses do you return for six batches and accumulate = 3?",
            "After each group the weights move, and the next group is read with the new ones.",
            "Which of your loops does the step belong to?",
        ),
        "gradients-wait",
    ),
    Mistake(
        "always-the-first-batch",
        {"batch": "the first each time"},
        ALL | _LEARNS,
        "Every step is taken on the first batch: the others are never read.",
        (
            "Change the second batch. Does anything change in your result?",
            "An iterator that is made anew begins anew.",
            "Where does your loop take its batch from?",
        ),
        "one-input-tells-all",
    ),
    Mistake(
        "teacher-asked-once",
        {"taught_by": "the first batch"},
        EVERY,
        "The teacher is asked about the first batch only, and its answers serve as targets for all "
        "the others. Where batches have other sizes, that raises an error.",
        (
            "Count how often your teacher is called.",
            "What the teacher says belongs to one batch, token by token.",
            "What is kept for later must be kept together with its batch.",
        ),
        "one-input-tells-all",
    ),
    Mistake(
        "teacher-in-training-mode",
        {"teacher_mode": "train"},
        frozenset({"teacher's mode"}),
        "The teacher is left in training mode. These models have no dropout; one that has would "
        "answer at random.",
        (
            "In which mode is the teacher after your call?",
            "A teacher that is asked twice should give the same answer.",
            "The teacher does not train here.",
        ),
        "modes-are-about-gradients",
    ),
    Mistake(
        "teacher-in-the-graph",
        {"reached": "both"},
        frozenset({"teacher"}),
        "Gradients reach the teacher: it is part of your graphs. A frozen teacher hides that, and "
        "pays with memory; one that is not frozen gets gradients that somebody may use.",
        (
            "What is in a teacher parameter's gradient after your call?",
            "The teacher's answers are data. Which block says so?",
            "The teacher has to answer without a graph.",
        ),
        "the-teacher-learns",
    ),
)

LOOP = (*CLEARED, *STEPPED, *GROUPED)
