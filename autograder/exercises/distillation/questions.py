"""The questions of the notebook on distillation for real."""

from __future__ import annotations

import math

from autograder.exercises.question import Option, Question, Slip

HIDDEN_SHARE, LN_4, TOKENS = 5 / 6, math.log(4), 2
"""Of the floor that is asked for: 5 moods of 6 redrawn, 4 moods to choose from, answers 'bright0 .'
of two tokens."""

PREDICT_STUDENTS = Question(
    id="predict_students",
    title="Predict: three students",
    kind="predict",
    stem=(
        "Three copies of the teacher will be trained with $c'$ in place of $c$, all alike. They "
        "differ in their target alone: the teacher's whole distribution, an answer $\\hat y$ drawn "
        "from it, or its likeliest answer $\\hat y$. *Agreement* is the share of questions to "
        "which a student's likeliest answer is the teacher's. What will be found on examples that "
        "none of them has seen?"
    ),
    points=0,
    formative=True,
    options=(
        Option(
            "A",
            "All agree with the teacher on more than four questions of five, and so the KL of each "
            "is near 0.",
            "The first half is right. But agreement looks at the likeliest answer alone, and KL at "
            "all of them.",
            "loss-is-accuracy",
        ),
        Option(
            "B",
            "None gets far: three tokens cannot hold what fourteen say.",
            "They need not hold it. The rules of a persona are always the same, so the weights can "
            "learn what its name stands for.",
            "hidden-context-always-costs",
        ),
        Option(
            "C",
            "All agree on more than four questions of five, and the KL of one is more than ten "
            "times that of another.",
            "Right: the one that was taught the likeliest answer alone has lost all the others.",
        ),
        Option(
            "D",
            "The likeliest answer teaches best: it is a clear target, without noise, and its "
            "student ends with the smallest KL.",
            "It is clear, and it is another target: a student that follows it gives up everything "
            "else that the teacher says.",
            "the-mode-stands-for-all",
        ),
        Option(
            "E",
            "The drawn answers teach least: they contradict each other, and their student's KL is "
            "the largest by far.",
            "They contradict each other as often as the teacher does. That is noise, and it "
            "averages out.",
            "noise-is-bias",
        ),
    ),
    key="C",
)

LOSS_CURVES = Question(
    id="loss_curves",
    title="Reading the losses",
    kind="choice",
    stem=(
        "Look at the losses of the last steps. That of the student with sampled $\\hat y$ has come "
        "down to between .45 and .55 nats a token, and falls no further; that of the student with "
        "the likeliest $\\hat y$ is nearly 0. What do the two numbers say?"
    ),
    points=2,
    options=(
        Option(
            "A",
            "The second student is nearer to the teacher, for its loss is lower.",
            "The two losses compare with different targets. A low one says that its own target was "
            "met, and the second target is not the teacher's distribution.",
            "the-mode-stands-for-all",
        ),
        Option(
            "B",
            "Each has come down to the entropy of its own target, or near it: the teacher's is "
            "about .45, a point mass has none. Neither number is a distance to the teacher.",
            "Right: the entropy of the answers is .449 nats a token. The distance is what KL on "
            "held-out questions measures.",
        ),
        Option(
            "C",
            "The first student has stopped at a KL of about .5: so much is lost in sampling.",
            "Its loss is a cross-entropy: KL plus the teacher's entropy. The KL is what lies above "
            ".449.",
            "kl-is-cross-entropy",
        ),
        Option(
            "D",
            "The first needs more steps: a loss that has been learnt is 0.",
            "With one sample as the target, no student can do better than the entropy: what is "
            "drawn cannot be foreseen.",
            "kl-is-cross-entropy",
        ),
        Option(
            "E",
            "Samples are biased: they pull the student about .5 away from the teacher.",
            "They scatter, without a bias: the mean of their gradients is the gradient of KL.",
            "noise-is-bias",
        ),
    ),
    key="B",
)

PERFECT_AGREEMENT = Question(
    id="perfect_agreement",
    title="Agreement against KL",
    kind="choice",
    stem=(
        "The student of the likeliest $\\hat y$ agrees with the teacher on every question, or "
        "nearly every one, and its KL is larger than before training. What has happened?"
    ),
    points=2,
    options=(
        Option(
            "A",
            "The KL must be computed wrongly: with such an agreement it is near 0.",
            "Agreement asks for the likeliest answer only. (.6, .3, .1) and (.99, .005, .005) "
            "agree, and are far apart.",
            "loss-is-accuracy",
        ),
        Option(
            "B",
            "The student knows its training by heart: on those questions its KL would be near 0.",
            "It would be as large there: the target itself leaves out what KL asks for. More data "
            "of this kind change nothing.",
            "a-gap-is-overfitting",
        ),
        Option(
            "C",
            "Its learning rate was too high; with a lower one, KL falls as well in the end.",
            "With a lower one the same would happen, later: its target is a point mass.",
            "the-mode-stands-for-all",
        ),
        Option(
            "D",
            "What else the teacher says has been driven towards probability 0. Agreement never "
            "looks there, and KL pays for it.",
            "Right: p log(p/q) grows without bound as q goes to 0.",
        ),
        Option(
            "E",
            "It has learnt the direction KL(student‖teacher), which is small now, in place of "
            "KL(teacher‖student).",
            "A target that is a point mass has only one direction that is finite. The reverse KL "
            "to the *teacher* is not small either: about .5 for each adverb.",
            "kl-is-symmetric",
        ),
    ),
    key="D",
)

BELIEVE_IT = Question(
    id="believe_it",
    title="Reading the reliability diagram",
    kind="choice",
    stem=(
        "In the reliability diagram the student of the likeliest $\\hat y$ stands at the far "
        "right, at a confidence near 1 and an accuracy of about .6. What does that mean for "
        "somebody who lets it write?"
    ),
    points=2,
    options=(
        Option(
            "A",
            "It is right in 60 of 100 cases, the teacher nearly always.",
            "The teacher is right about as often: its likeliest adverb comes in 60 of 100 answers. "
            "What differs is how sure the two are.",
            "loss-is-accuracy",
        ),
        Option(
            "B",
            "It says its favourite adverb nearly always, where the language has it 6 times in 10: "
            "the other words are gone from what it writes, and its probabilities may not be "
            "believed.",
            "It was only ever shown one adverb: agreement is perfect, and the rest is lost.",
        ),
        Option(
            "C",
            "It is the best of the three: the surer, the better.",
            "A good student is as sure as it is right. On the right, far below the diagonal, stand "
            "those who are too sure.",
            "the-surer-the-better",
        ),
        Option(
            "D",
            "Nothing: what it writes depends on its likeliest adverb, and that one is right.",
            "So it is for somebody who always takes the likeliest. Whoever samples, ranks answers "
            "by their probability or asks how sure it is, meets the rest of the distribution.",
            "only-the-top-matters",
        ),
        Option(
            "E",
            "It has a temperature that is too high; a lower one brings it back to the diagonal.",
            "A lower temperature makes it surer still. A higher one would help its confidence, and "
            "cannot know that the second adverb comes .3 and the third .1 of the time.",
            "temperature-sharpens",
        ),
    ),
    key="B",
)

FLOOR_OF_ONE_ADVERB = Question(
    id="floor_of_one_adverb",
    title="A floor by hand",
    kind="numeric",
    stem=(
        "Another language: answers have **one** adverb and **two** tokens, 'bright0 .', and 5 of "
        "the 6 moods are drawn anew for each example, each of the 4 moods equally likely. Each "
        "thing is asked about equally often. What is the floor, in nats a token of $y$? (An "
        "expression such as `log(3) / 5` will do.)"
    ),
    points=3,
    key=HIDDEN_SHARE * LN_4 / TOKENS,
    tolerance=0.0015,
    slips=(
        Slip(
            HIDDEN_SHARE * LN_4 / 4,
            "An answer has two tokens here, no longer four.",
            "any-mean-will-do",
        ),
        Slip(
            HIDDEN_SHARE * LN_4,
            "That is the cost of an answer. It has two tokens.",
            "any-mean-will-do",
        ),
        Slip(
            LN_4 / TOKENS,
            "So much a question costs whose mood is hidden. Only 5 questions in 6 are such.",
            "hidden-context-always-costs",
        ),
        Slip(
            LN_4,
            "So much one guess costs. Only 5 questions in 6 need one, and an answer has two "
            "tokens.",
            "hidden-context-always-costs",
        ),
        Slip(
            0.0,
            "c′ does not tell the redrawn moods, y depends on them, and nothing else tells them: "
            "that costs something.",
        ),
        Slip(
            (1 - HIDDEN_SHARE) * LN_4 / TOKENS,
            "The moods that the name does tell cost nothing. Those that are redrawn do.",
        ),
        Slip(
            HIDDEN_SHARE * math.log(12) / TOKENS,
            "Of the 12 adverbs only the mood is hidden. Which of its three adverbs comes, the "
            "teacher does not know either.",
            "kl-is-cross-entropy",
        ),
        Slip(
            HIDDEN_SHARE * 2 / TOKENS,
            "That is in bits: log₂ 4 = 2. The floor is asked for in nats.",
            "any-logarithm-will-do",
        ),
    ),
)

BUG_OR_FLOOR = Question(
    id="bug_or_floor",
    title="Stuck: bug or floor?",
    kind="select",
    stem=(
        "A student's KL has been standing still for hundreds of steps, well above 0. Which of "
        "these findings would show that it is **not** (only) an information floor, so that it pays "
        "to look for a bug? Mark all that do."
    ),
    points=3,
    options=(
        Option(
            "A",
            "The floor was computed from the teacher on the same examples, and the KL stands far "
            "above it.",
            "Right: a floor can be computed, and what lies above it can be learnt.",
        ),
        Option(
            "B",
            "The KL is .693, which is ln 2.",
            "A floor may have any value, and for two contexts it can be ln 2 itself. A number that "
            "looks familiar proves nothing.",
            "familiar-numbers-explain",
        ),
        Option(
            "C",
            "The gradient of the loss over many batches is nearly 0.",
            "So it is at a floor, and so it may be with a bug: it says that this training is at "
            "its end, not why.",
            "zero-gradient-is-a-match",
        ),
        Option(
            "D",
            "The student is given the full $c$ in place of $c'$, everything else as it was, and "
            "its KL stands still at the same height.",
            "Right: with c nothing is hidden, so an information floor would be gone.",
        ),
        Option(
            "E",
            "The student is well calibrated.",
            "So is the best student above a floor, and so is one that knows nothing but how often "
            "each word comes.",
            "calibrated-is-good",
        ),
        Option(
            "F",
            "Its agreement with the teacher is far below 100 %.",
            "Above a floor it is, too: a student that has to guess cannot always agree.",
            "loss-is-accuracy",
        ),
    ),
    key=frozenset({"A", "D"}),
)

WHICH_STUDENT = Question(
    id="which_student",
    title="Which student would you hand over?",
    kind="short",
    stem=(
        "A customer wants a model that writes weather lines from a persona's name, **sampling** "
        "its answers. You have the three students. Which one do you hand over, and which numbers "
        "of this notebook do you report with it? Say what each of them shows that the others do "
        "not, name a case in which another student would do as well, and say what no student can "
        "learn here, however long it is trained. Five or six sentences."
    ),
    points=5,
    rubric=(
        "Hands over the student of the soft target (or that of sampled ŷ, with the reason that its "
        "KL is small too), and says that it comes nearest to the teacher's whole distribution.",
        "Reports KL(teacher‖student) on held-out questions, since it looks at the whole "
        "distribution, and says that agreement sees the likeliest answer only (argmax: 100 % or "
        "nearly, with the largest KL).",
        "Reports calibration (confidence against accuracy), which says whether the probabilities "
        "may be believed: argmax nearly sure each time, about .6 right.",
        "Names a case in which the argmax student would do: greedy decoding, where the likeliest "
        "answer is all that is used (or where no probabilities of the teacher's are to be had, for "
        "the sampled one).",
        "Names the floor: what c′ does not tell and y depends on (moods drawn anew) cannot be "
        "learnt; it is computed from the teacher, and KL above it is what is left to learn.",
    ),
)

QUESTIONS = (
    PREDICT_STUDENTS,
    LOSS_CURVES,
    PERFECT_AGREEMENT,
    BELIEVE_IT,
    FLOOR_OF_ONE_ADVERB,
    BUG_OR_FLOOR,
    WHICH_STUDENT,
)
