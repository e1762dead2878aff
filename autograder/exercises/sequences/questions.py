"""The questions of the notebook on the sequence-level loss."""

from __future__ import annotations

from autograder.exercises.question import Option, Question, Slip

PREDICT_LIKELIER = Question(
    id="predict_likelier",
    title="Predict: is greedy decoding best?",
    kind="predict",
    stem=(
        "Of the 63 other sentences, how many are likelier than the one that greedy decoding finds?"
    ),
    points=0,
    formative=True,
    key=3,
    tolerance=0.5,
    slips=(
        Slip(
            0,
            "Each of the three choices was the best there was. But after a word that is a little "
            "less likely, much better ones may come.",
            "greedy-finds-the-mode",
        ),
        Slip(
            48,
            "48 sentences begin with another word. Most of them go on just as poorly; what counts "
            "is which word each prefix is followed by.",
            "every-prefix-counts-the-same",
        ),
    ),
)

UNBIASED_FOR_WHICH = Question(
    id="unbiased_for_which",
    title="What does a sample estimate?",
    kind="choice",
    stem=(
        "$\\hat y$ is drawn from $\\mathrm{Pr}^t(\\cdot \\mid c, z)$. For which quantity is "
        "$-\\log \\mathrm{Pr}_\\theta^s(\\hat y \\mid c', z)$ an unbiased estimate?"
    ),
    points=2,
    options=(
        Option(
            "A",
            "$\\mathrm{KL}(\\mathrm{Pr}^t \\,\\|\\, \\mathrm{Pr}_\\theta^s)$, the divergence of "
            "the sequences",
            "KL is smaller by the teacher's entropy: log Pr^t(ŷ) would have to be added. The two "
            "have the same gradient with respect to θ, not the same value.",
            "kl-is-cross-entropy",
        ),
        Option(
            "B",
            "$\\mathrm{KL}(\\mathrm{Pr}_\\theta^s \\,\\|\\, \\mathrm{Pr}^t)$, since the student is "
            "evaluated",
            "For that the student would have to write ŷ. Here the teacher does.",
            "the-student-writes-the-prefixes",
        ),
        Option(
            "C",
            "the argmax loss: on average a sample is the likeliest output",
            "There is no average of outputs. A sample is the likeliest output only as often as the "
            "teacher says it.",
            "the-mode-stands-for-all",
        ),
        Option(
            "D",
            "none: a single sample of a sequence is too little to be unbiased",
            "One draw is noisy, not biased: its expectation is exact. More draws make the noise "
            "smaller.",
            "noise-is-bias",
        ),
        Option(
            "E",
            "$-\\sum_y \\mathrm{Pr}^t(y \\mid c, z) \\log \\mathrm{Pr}_\\theta^s(y \\mid c', z)$, "
            "the cross-entropy of the sequences",
            "Right: each y comes with probability Pr^t(y), which is its weight in that sum.",
        ),
    ),
    key="E",
)

WHOSE_PREFIXES = Question(
    id="whose_prefixes",
    title="Whose prefixes?",
    kind="choice",
    stem=(
        "The KL of the sequences is a sum over tokens of an expectation, $\\sum_i \\mathrm{E}\\, "
        "\\mathrm{KL}\\big(\\mathrm{Pr}^t(\\cdot \\mid y_{\\lt i}) \\,\\|\\, "
        "\\mathrm{Pr}_\\theta^s(\\cdot \\mid y_{\\lt i})\\big)$. Where do the prefixes "
        "$y_{\\lt i}$ come from?"
    ),
    points=2,
    options=(
        Option(
            "A",
            "from the student: it is trained on what it would write itself",
            "That is on-policy distillation, another loss. The outer expectation of KL(t‖s) is the "
            "teacher's, for prefixes as for everything.",
            "the-student-writes-the-prefixes",
        ),
        Option(
            "B",
            "from the teacher: a prefix counts as often as the teacher writes it",
            "Right: Pr^t(y) = Pr^t(y_<i)·Pr^t(y_i|y_<i)·…, and what follows sums to 1.",
        ),
        Option(
            "C",
            "from a fixed list of all prefixes, each with the same weight",
            "Then a prefix that is never written would count as much as the commonest one, and the "
            "sum would not be the KL of the sequences.",
            "every-prefix-counts-the-same",
        ),
        Option(
            "D",
            "from greedy decoding: the teacher's likeliest beginning",
            "One prefix of each length stands for all others: an expectation it is not.",
            "the-mode-stands-for-all",
        ),
        Option(
            "E",
            "it makes no difference, since both are conditioned on the same prefix",
            "Both see the same prefix, but *which* prefixes are seen, and how often, changes the "
            "sum.",
            "prefixes-do-not-matter",
        ),
    ),
    key="B",
)

POINT_MASS = Question(
    id="point_mass",
    title="When does ŷ teach a point mass?",
    kind="choice",
    stem=(
        "A student is trained on $-\\log \\mathrm{Pr}_\\theta^s(\\hat y \\mid c', z)$ with "
        "$\\hat y = \\arg\\max_y \\mathrm{Pr}^t(y \\mid c, z)$. When is its best possible answer "
        "to $(c', z)$ a point mass, a single $y$ with probability 1?"
    ),
    points=2,
    options=(
        Option(
            "A",
            "always: an argmax is one output",
            "One output for each (c, z). Where several c hide behind one (c′, z), their argmaxes "
            "may differ, and the best student gives each its share.",
            "student-sees-full-context",
        ),
        Option(
            "B",
            "never: the teacher's distribution is soft, and the student matches it",
            "The loss sees nothing of the teacher's distribution but its likeliest output.",
            "the-mode-stands-for-all",
        ),
        Option(
            "C",
            "when $\\hat y$ is a function of $(c', z)$: whatever $c$ was, the argmax is the same",
            "Right: then each (c′, z) has one target. Otherwise the student learns the "
            "distribution of the argmaxes.",
        ),
        Option(
            "D",
            "when the teacher gives $\\hat y$ more than half of the probability",
            "How sure the teacher is plays no part: .4 against .3 gives the same ŷ as .99.",
            "the-mode-stands-for-all",
        ),
        Option(
            "E",
            "when greedy decoding finds $\\hat y$",
            "How ŷ was found does not matter to a student that only sees ŷ.",
            "greedy-finds-the-mode",
        ),
    ),
    key="C",
)

COST_OF_ENUMERATION = Question(
    id="cost_of_enumeration",
    title="The price of exactness",
    kind="numeric",
    stem=(
        "How many terms has $\\sum_y$ in the exact loss for a vocabulary of $V = 50$ tokens and "
        "sequences of length $L = 6$? (You may write an expression.)"
    ),
    points=2,
    key=50**6,
    tolerance=0.5,
    slips=(
        Slip(
            50 * 6,
            "V·L counts the tokens at each place by themselves; sequences combine them.",
            "sequences-add-up",
        ),
        Slip(
            6**50,
            "L^V: base and exponent are exchanged. Each of the L places has V possibilities.",
            "sequences-add-up",
        ),
        Slip(
            6 * 50**6,
            "That is the number of token probabilities that are added; a sequence is one term.",
        ),
        Slip(
            sum(50**i for i in range(1, 7)),
            "Those are all the prefixes too; the sum runs over whole sequences.",
        ),
    ),
)

MISSING_MINUS = Question(
    id="missing_minus",
    title="The missing minus",
    kind="choice",
    stem=(
        "In print the loss lacks its minus: $\\sum_y \\mathrm{Pr}^t(y) \\log "
        "\\mathrm{Pr}_\\theta^s(y)$. Take it at its word: the teacher is (.7, .2, .1), the student "
        "begins with (⅓, ⅓, ⅓), and the printed expression is *minimised* by gradient descent on "
        "the student's logits. Where does the student go?"
    ),
    points=2,
    options=(
        Option(
            "A",
            "to (.7, .2, .1): the sign changes the value, not the place of the optimum",
            "The sign turns a minimum into a maximum: at (.7, .2, .1) the printed expression is as "
            "large as it can be.",
            "loss-is-log-likelihood",
        ),
        Option(
            "B",
            "to (1, 0, 0): towards the teacher's likeliest output",
            "The descent pushes down what the teacher weighs most; the first output falls fastest.",
            "only-the-top-matters",
        ),
        Option(
            "C",
            "to (0, 0, 1): towards the teacher's least likely output",
            "Right: log Pr^s(y) is pushed towards −∞ where Pr^t(y) is large. What is left over is "
            "the output that the teacher weighs least.",
        ),
        Option(
            "D",
            "nowhere: a uniform student has no gradient",
            "The gradient at the logits is Pr^t − Pr^s here, which is not 0.",
            "gradient-points-downhill",
        ),
        Option(
            "E",
            "to (.1, .2, .7): the teacher's probabilities in reverse",
            "Nothing holds it there: the printed expression has no minimum at all, it goes to −∞.",
            "loss-is-log-likelihood",
        ),
    ),
    key="C",
)

MODE_OR_SAMPLE = Question(
    id="mode_or_sample",
    title="Mode or sample",
    kind="short",
    stem=(
        "With a real vocabulary the exact loss is out of reach. Two students are trained, one on "
        "sampled $\\hat y$, the other on the likeliest $\\hat y$. To which distribution does each "
        "of them tend, if every $(c', z)$ belongs to one $c$? Both agree with the teacher's "
        "likeliest output on every test input: what does that tell about "
        "$\\mathrm{KL}(\\mathrm{Pr}^t \\,\\|\\, \\mathrm{Pr}_\\theta^s)$, and what would you "
        "report besides?"
    ),
    points=3,
    rubric=(
        "Sampled ŷ: the loss estimates the cross-entropy without bias, so the student tends to the "
        "teacher's whole distribution Pr^t(·|c, z).",
        "Argmax ŷ: the student tends to a point mass on the likeliest output; all else that the "
        "teacher says is lost, and KL(Pr^t‖Pr_θ^s) grows without bound.",
        "Agreement says nothing about KL: both students have it in full. Reports KL, held-out loss "
        "or calibration besides.",
    ),
)

QUESTIONS = (
    PREDICT_LIKELIER,
    MISSING_MINUS,
    COST_OF_ENUMERATION,
    UNBIASED_FOR_WHICH,
    POINT_MASS,
    MODE_OR_SAMPLE,
    WHOSE_PREFIXES,
)
