"""The questions of the notebook on distances."""

from __future__ import annotations

from math import inf, log

from autograder.exercises.question import Option, Question, Slip

PREDICT_PAYMENT = Question(
    id="predict_payment",
    title="Predict: who pays less?",
    kind="predict",
    stem="Which student pays less for a word, on average?",
    points=0,
    formative=True,
    options=(
        Option(
            "A",
            "student 1: it expects 'warmly', the word that comes second",
            "Right: what a word costs is weighed by how often it comes.",
        ),
        Option(
            "B",
            "student 2: it expects 'darkly', the rarest and most expensive word",
            "'darkly' is cheaper for student 2, but it hardly ever comes. 'warmly' comes three "
            "times as often, and there student 2 pays more.",
            "the-rare-decides",
        ),
        Option(
            "C",
            "neither: both prefer 'brightly', with the same probability",
            "For 'brightly' both pay the same. But one word in five is another one.",
            "loss-is-accuracy",
        ),
        Option(
            "D",
            "neither: both have the numbers .6, .3 and .1, only in another order",
            "Their plain means are equal. But the three words do not come equally often, and a "
            "frequent one is paid for more often.",
            "any-mean-will-do",
        ),
    ),
    key="A",
)

WHAT_IT_COMPARES = Question(
    id="what_it_compares",
    title="What the loss compares",
    kind="choice",
    stem=(
        "Training looks for $\\hat\\theta = \\arg\\min_\\theta \\sum_{x' \\in \\mathcal{D}'} "
        "\\mathrm{Loss}\\big(\\mathrm{Pr}^t(\\cdot \\mid c, z),\\ \\mathrm{Pr}_\\theta^s(\\cdot "
        "\\mid c', z),\\ x'\\big)$ with $x' = (c, c', z)$. What does the loss compare, and why is "
        "the minimum taken over $\\theta$?"
    ),
    points=1,
    options=(
        Option(
            "A",
            "The student's most probable output with the one right answer; θ is what the teacher "
            "corrects.",
            "No right answer appears in the formula. Both arguments are whole distributions.",
            "only-the-top-matters",
        ),
        Option(
            "B",
            "The distributions of two models over all outputs, one with the full and one with the "
            "simplified context; θ alone is free, since teacher and data are fixed. This is "
            "knowledge distillation: the context is what the student is to do without.",
            "Right: two distributions in, one number out, and only θ moves.",
        ),
        Option(
            "C",
            "The two contexts c and c′; θ is chosen so that c′ says as much as c.",
            "Contexts are inputs. What is compared is what the models make of them.",
            "input-is-optimised",
        ),
        Option(
            "D",
            "The distributions of two models over all outputs; the minimum moves both towards "
            "each other, and θ stands for the weights of both.",
            "θ is written at the student alone. The teacher's weights are fixed, and so are not "
            "even written.",
            "the-teacher-learns",
        ),
        Option(
            "E",
            "The weights of two networks: θ̂ is as near to the teacher's weights as the data allow.",
            "Weights are never compared, and the two networks may be built differently. Only the "
            "distributions have to agree.",
            "same-distribution-same-weights",
        ),
    ),
    key="B",
)

SUN_IS_SHINING = Question(
    id="sun_is_shining",
    title="The sun is shining …",
    kind="choice",
    stem=(
        "Given the full context, the teacher goes on after 'The sun is shining' almost always with "
        "'brightly'. With weights $\\theta_1$ the student, given $c'$, says 'brightly' too, most "
        "of the time; with $\\theta_2$ mostly 'darkly'. What holds for the loss on this input?"
    ),
    points=1,
    options=(
        Option(
            "A",
            "$\\mathrm{loss}(\\theta_2)$ is lower: there is more to learn from a surprise.",
            "The loss measures a distance, not what could be learnt. A surprise makes it larger.",
            "loss-is-a-reward",
        ),
        Option(
            "B",
            "They are equal: teacher and input are the same for both.",
            "Teacher and input are; the student is not. The loss is a function of θ.",
            "loss-does-not-depend-on-weights",
        ),
        Option(
            "C",
            "It is not defined for one input, only for a whole data set, or after training.",
            "Each input has its loss; training minimises their sum over the data.",
            "loss-needs-a-data-set",
        ),
        Option(
            "D",
            "$\\mathrm{loss}(\\theta_1) = 0$, since its likeliest word is the right one.",
            "The loss is 0 only if *all* probabilities agree, not the likeliest word alone.",
            "loss-is-accuracy",
        ),
        Option(
            "E",
            "$\\mathrm{loss}(\\theta_1)$ is lower, and so $\\theta_1$ is better on every input.",
            "It is lower on this input. What happens on others, this input does not tell.",
            "one-input-tells-all",
        ),
        Option(
            "F",
            "$\\mathrm{loss}(\\theta_1) < \\mathrm{loss}(\\theta_2)$: at $\\theta_1$ the student's "
            "distribution is nearer to the target.",
            "The loss on this input measures how near the two distributions are, no more.",
        ),
        Option(
            "G",
            "Under $\\theta_2$ the target moves towards 'darkly', so that the losses become equal.",
            "The target is the teacher's distribution, and the teacher does not learn.",
            "the-teacher-learns",
        ),
    ),
    key="F",
)

RULE_OF_THUMB = Question(
    id="rule_of_thumb",
    title="Predict: does the rule of thumb hold?",
    kind="predict",
    stem=(
        "'The more probability on the right word, the lower the loss.' Let the target be "
        "(.6, .1, .3) over brightly, darkly, warmly. $\\theta_1$ gives (.999, .0005, .0005), "
        "$\\theta_2$ gives (.3, .6, .1). Which of them has the lower $\\mathrm{KL}(\\text{target} "
        "\\,\\|\\, \\text{student})$? Write down what you think, then run the cells below."
    ),
    points=1,
    formative=True,
    options=(
        Option(
            "1",
            "$\\theta_1$: it is surest of the likeliest word",
            "KL is 2.143 for θ₁ and .566 for θ₂. θ₁ starves 'warmly', which the target wants three "
            "times in ten: that costs .3·log(.3/.0005) = 1.92. (Under the total variation "
            "distance and the reverse KL it is θ₁ that wins.)",
            "only-the-top-matters",
        ),
        Option(
            "2",
            "$\\theta_2$: it denies nothing that the target wants",
            "Right: 2.143 against .566. The rule holds only while a student does not starve what "
            "the target wants as well.",
        ),
        Option(
            "=",
            "neither: both miss the target by about as much",
            "KL is 2.143 for θ₁ and .566 for θ₂: what is denied almost all probability costs most.",
            "differences-cancel",
        ),
    ),
    key="2",
)

_MODELS = (
    "The teacher's distribution is sunny .6, warm .3, others .1. Model A gives (.7, .1, .2), model "
    "B gives (.5, .4, .1)."
)

COMPARING_MODELS = Question(
    id="comparing_models",
    title="Which model is nearer?",
    kind="choice",
    stem=f"{_MODELS} Which of them has the lower loss $\\mathrm{{KL}}(p^t \\,\\|\\, p^s)$?",
    points=1,
    options=(
        Option(
            "1",  # no letter: the models have letters
            "A: it is surest of the likeliest word.",
            "That would be the loss −log p of one right word (.357 against .693). The teacher's "
            "distribution has three words.",
            "only-the-top-matters",
        ),
        Option(
            "2",
            "They are equal: both rank 'sunny' first.",
            "That they agree on the likeliest word is accuracy. The loss sees the probabilities.",
            "loss-is-accuracy",
        ),
        Option(
            "3",
            "B: its whole distribution is nearer to the teacher's.",
            "Right: KL is .0231 for B and .1678 for A.",
        ),
        Option(
            "4",
            "They are equal: the differences from the teacher add up to 0 in both.",
            "Signed differences of two distributions always add up to 0; so they cannot measure "
            "anything.",
            "differences-cancel",
        ),
        Option(
            "5",
            "It cannot be told without the word that really came.",
            "No word has to come: the target is the teacher's distribution.",
            "only-labels-are-targets",
        ),
        Option(
            "6",
            "B, and its cross-entropy with the teacher is .0231.",
            "B is right, but .0231 is KL. The cross-entropy is .9210, since the teacher's entropy, "
            ".8979, is in it.",
            "kl-is-cross-entropy",
        ),
        Option(
            "7",
            "B: fewer of its entries are wrong, two of three against three of three.",
            "B wins, but not by counting: how far off an entry is matters, not whether it is.",
            "loss-counts-errors",
        ),
    ),
    key="3",
)

WHY_B_WINS = Question(
    id="why_b_wins",
    title="Say why",
    kind="short",
    stem=(
        f"{_MODELS} A gives the likeliest word more probability than the teacher does, B less. "
        "Which model is the better student, and why? Three or four sentences, with numbers."
    ),
    points=4,
    rubric=(
        "B is chosen.",
        "The whole distributions are compared, not the likeliest word alone.",
        "Numbers are given: term by term, or the losses (KL .1678 for A, .0231 for B; total "
        "variation .20 and .10; cross-entropy 1.0657 and .9210).",
        "A's fault is named: 'warm' gets .1 where the teacher gives .3.",
    ),
)

LEAST_CROSS_ENTROPY = Question(
    id="least_cross_entropy",
    title="The least cross-entropy",
    kind="numeric",
    stem=(
        "The teacher's distribution is sunny .6, warm .3, others .1. What is the least "
        "cross-entropy, in nats, that any student can reach with it? (To two decimals.)"
    ),
    points=1,
    key=0.8979,
    tolerance=0.006,
    slips=(
        Slip(
            0.0,
            "0 is the least KL. At a perfect match the cross-entropy is the teacher's entropy.",
            "kl-is-cross-entropy",
        ),
        Slip(
            0.9210,
            "That is B's cross-entropy. A student that equals the teacher has less.",
        ),
        Slip(1.2955, "That is the entropy in bits; nats are asked for.", "any-logarithm-will-do"),
        Slip(
            0.5108,
            "That is −log .6, the surprise at one word. The mean over all words is asked for.",
            "only-the-top-matters",
        ),
        Slip(
            1.0986,
            "log 3 is the cross-entropy of a student that knows nothing; the least is asked for.",
        ),
        Slip(-0.8979, "The size is right. A mean surprise is not negative.",
             "loss-is-log-likelihood"),
    ),
)  # fmt: skip

KL_OF_TWO = Question(
    id="kl_of_two",
    title="Two outcomes",
    kind="formula",
    stem=(
        "Only two outcomes are possible: the word is 'sunny', or it is not. The teacher gives "
        "'sunny' the probability `p`, the student `q`. Write "
        "$\\mathrm{KL}(\\text{teacher} \\,\\|\\, \\text{student})$ as a formula in `p` and `q`. "
        "Write as in Python, in quotes: `log` is the natural logarithm, and any equivalent form "
        "counts."
    ),
    points=1,
    symbols={"p": "the teacher's probability of 'sunny'", "q": "the student's"},
    key="p*log(p/q) + (1-p)*log((1-p)/(1-q))",
    slips=(
        Slip(
            "p*log(p/q)",
            "The other outcome, 'not sunny', has a term too: KL sums over all outcomes.",
            "only-the-top-matters",
        ),
        Slip(
            "q*log(q/p) + (1-q)*log((1-q)/(1-p))",
            "That is KL(student‖teacher): the direction is swapped.",
            "kl-is-symmetric",
        ),
        Slip(
            "-p*log(q) - (1-p)*log(1-q)",
            "That is the cross-entropy: the teacher's entropy is still in it.",
            "kl-is-cross-entropy",
        ),
        Slip(
            "-p*log(p/q) - (1-p)*log((1-p)/(1-q))",
            "The size is right and the sign is not: KL is never negative.",
            "loss-is-log-likelihood",
        ),
        Slip(
            "p*log2(p/q) + (1-p)*log2((1-p)/(1-q))",
            "That is KL in bits; the course uses the natural logarithm.",
            "any-logarithm-will-do",
        ),
        Slip(
            "abs(p-q)",
            "That is the total variation distance.",
            "divergences-are-distances",
        ),
    ),
)

WEIGHTS_EQUAL = Question(
    id="weights_equal",
    title="KL is 0. And the weights?",
    kind="choice",
    stem=(
        "$\\mathrm{KL}\\big(\\mathrm{Pr}^t(\\cdot \\mid c, z) \\,\\|\\, "
        "\\mathrm{Pr}_\\theta^s(\\cdot \\mid c', z)\\big) = 0$ on all the data. Are the "
        "student's weights equal to the teacher's?"
    ),
    points=1,
    options=(
        Option(
            "A",
            "Yes: KL is 0 only if everything agrees.",
            "It is 0 only if the *distributions* agree. Many weights give one distribution.",
            "same-distribution-same-weights",
        ),
        Option(
            "B",
            "Yes, if the two networks are built alike.",
            "Even then: exchange two hidden units, or add a constant to all logits of a row, and "
            "no probability changes. And here the student even reads another context.",
            "same-distribution-same-weights",
        ),
        Option(
            "C",
            "No: KL compares distributions, on these inputs. Quite different weights can give the "
            "same ones, and on other inputs the two models may differ.",
            "Right. Here they even have to: the student reads c′ where the teacher reads c.",
        ),
        Option(
            "D",
            "No: KL can be 0 for different distributions too, as long as the likeliest word is the "
            "same.",
            "KL is 0 only if the two distributions are equal (wherever the teacher puts "
            "probability).",
            "loss-is-accuracy",
        ),
        Option(
            "E",
            "It cannot happen: KL reaches 0 only in the limit of infinite training.",
            "Nothing forbids it. A student that may read c can be the teacher itself.",
            "floor-is-never-zero",
        ),
    ),
    key="C",
)

SUPPORT_MISMATCH = Question(
    id="support_mismatch",
    title="Four outcomes and two",
    kind="numeric",
    stem=(
        "$p$ is uniform on four outcomes, $q$ is uniform on two of them, and gives the others 0. "
        "Fill in the three numbers, in nats, to two decimals. In Python, infinity is "
        '`float("inf")`, and you may compute: `math.log(2)` is a number too.'
    ),
    points=2,
    items={
        "kl_pq": "$\\mathrm{KL}(p \\,\\|\\, q)$",
        "kl_qp": "$\\mathrm{KL}(q \\,\\|\\, p)$",
        "js": "$\\mathrm{JS}(p, q)$",
    },
    key={"kl_pq": inf, "kl_qp": log(2), "js": 0.75 * log(4 / 3)},
    tolerance=0.006,
    slips=(
        Slip(
            log(2),
            "That is KL(q‖p). In KL(p‖q) two outcomes happen that q rules out.",
            "kl-is-symmetric",
            item="kl_pq",
        ),
        Slip(
            -log(2) / 2,
            "Terms with q = 0 cannot be left out where p > 0: each of them is +∞.",
            "infinity-is-an-error",
            item="kl_pq",
        ),
        Slip(0.0, "KL is 0 only for equal distributions.", "differences-cancel", item="kl_pq"),
        Slip(
            inf,
            "Outcomes with q = 0 never happen here: their terms are 0·log 0 = 0.",
            "kl-is-symmetric",
            item="kl_qp",
        ),
        Slip(1.0, "That is in bits; nats are asked for.", "any-logarithm-will-do", item="kl_qp"),
        Slip(
            inf,
            "JS is never infinite: the mixture is above 0 wherever p or q is.",
            "infinity-is-an-error",
            item="js",
        ),
        Slip(
            log(2),
            "ln 2 is the largest JS, for distributions that share no outcome. These share two.",
            item="js",
        ),
        Slip(
            0.75 * log(4 / 3) / log(2),
            "That is in bits; nats are asked for.",
            "any-logarithm-will-do",
            item="js",
        ),
        Slip(
            (0.75 * log(4 / 3)) ** 0.5,
            "That is the square root, the Jensen-Shannon *distance*.",
            "divergences-are-distances",
            item="js",
        ),
    ),
)

QUESTIONS = (
    PREDICT_PAYMENT,
    WHAT_IT_COMPARES,
    SUN_IS_SHINING,
    LEAST_CROSS_ENTROPY,
    KL_OF_TWO,
    WEIGHTS_EQUAL,
    SUPPORT_MISMATCH,
    COMPARING_MODELS,
    WHY_B_WINS,
    RULE_OF_THUMB,
)
