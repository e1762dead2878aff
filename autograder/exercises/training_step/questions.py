"""The questions of the notebook on a training step."""

from __future__ import annotations

from autograder.exercises.question import Option, Question, Slip

PREDICT_PROMISE = Question(
    id="predict_promise",
    title="Predict: a loss below zero?",
    kind="predict",
    stem=(
        "With $\\eta = 2$ the rule promises a loss of about −0.43. What will the loss really be "
        "after that step?"
    ),
    points=0,
    formative=True,
    options=(
        Option(
            "A",
            "−0.43: the gradient says how the loss changes",
            "It says how the loss *begins* to change. KL is never below 0, so the promise could "
            "not be kept.",
            "first-order-is-exact",
        ),
        Option(
            "B",
            "0: less is impossible, so the step ends at the target",
            "Nothing stops a step at the target: it is as long as η and the gradient make it.",
            "one-step-is-enough",
        ),
        Option(
            "C",
            "between 0 and 2.46: it falls, by less than was promised",
            "Right: the loss curves upwards along the way, and only its first slope was promised.",
        ),
        Option(
            "D",
            "above 2.46: a step that promises the impossible makes things worse",
            "This one still helps. Much longer ones do make it worse: see η = 32.",
            "a-broken-promise-hurts",
        ),
    ),
    key="C",
)

SUN_WITH_GRADIENTS = Question(
    id="sun_with_gradients",
    title="The sun is shining, with gradients",
    kind="choice",
    stem=(
        "On this input $\\theta_1$ has a small loss and a short gradient, $\\theta_2$ a large loss "
        "and a long gradient. What follows?"
    ),
    points=1,
    options=(
        Option(
            "A",
            "$\\theta_2$ is the better place to be: a long gradient means that there is much to "
            "learn.",
            "A long gradient says that the loss is steep here. It is steep because the student is "
            "far off.",
            "loss-is-a-reward",
        ),
        Option(
            "B",
            "The loss of $\\theta_1$ is in truth 0, for its likeliest word is the teacher's; the "
            "rest is rounding.",
            "All probabilities have to agree, not the likeliest word alone.",
            "loss-is-accuracy",
        ),
        Option(
            "C",
            "$\\theta_1$ is the better student, on this input and on others.",
            "Other inputs have losses of their own. The next cells look at one.",
            "one-input-tells-all",
        ),
        Option(
            "D",
            "After one step the loss of $\\theta_2$ is smaller by the length of its gradient.",
            "A length is not a change of the loss: how far θ moves comes in, and the promise holds "
            "for small steps only.",
            "loss-sets-the-step",
        ),
        Option(
            "E",
            "At $\\theta_1$ the student is nearer to the teacher *on this input*, and the loss is "
            "less steep there; of other inputs this says nothing.",
            "Near a match the pulls p_s − p_t are small; each input has its own.",
        ),
        Option(
            "F",
            "Under $\\theta_2$ the teacher's answer has to move further than under $\\theta_1$.",
            "The teacher's answer does not depend on θ and moves under neither.",
            "the-teacher-learns",
        ),
    ),
    key="E",
)

PREDICT_MEASURES = Question(
    id="predict_measures",
    title="Predict: who is nearer now?",
    kind="predict",
    stem=(
        "Now the moon is shining, and the teacher says about (.6, .1, .3) to brightly, darkly, "
        "warmly. $\\theta_1$ gives 'brightly' .999, $\\theta_2$ says (.3, .6, .1). Under which "
        "measures is $\\theta_1$ nearer to the teacher?"
    ),
    points=0,
    formative=True,
    options=(
        Option(
            "A",
            "under all: its likeliest word is the teacher's",
            "KL and JS disagree: θ₁ leaves nothing for 'warmly', which the teacher wants often.",
            "loss-is-accuracy",
        ),
        Option(
            "B",
            "under KL and JS only",
            "The other way round: these two punish that θ₁ starves 'warmly'.",
            "kl-is-symmetric",
        ),
        Option(
            "C",
            "under the total variation and the reverse KL only",
            "Right: one counts what has to be moved, the other forgives what is left out.",
        ),
        Option(
            "D",
            "under none: .999 is too sure of itself",
            "Total variation and reverse KL do not mind that as much as a wrong favourite.",
            "divergences-are-distances",
        ),
    ),
    key="C",
)

TRAINING_STEP = Question(
    id="training_step",
    title="What happens next?",
    kind="choice",
    stem=(
        "The teacher gives 'brightly' a probability of .9; the student, with $\\theta_2$, gives "
        "'darkly' .9. The loss is high. Training goes on with this input: what happens next, and "
        "to what?"
    ),
    points=2,
    options=(
        Option(
            "A",
            "Both distributions move towards each other, until they meet.",
            "Only θ moves, and with it the student. The teacher is what it is.",
            "the-teacher-learns",
        ),
        Option(
            "B",
            "The student's probability of 'brightly' is set to .9.",
            "Outputs are not set: they follow from θ, and θ moves a little at a time.",
            "one-step-is-enough",
        ),
        Option(
            "C",
            "$\\theta$ moves a small step along the gradient of the loss.",
            "Along the gradient the loss grows. The step goes against it.",
            "gradient-points-downhill",
        ),
        Option(
            "D",
            "The loss, 2.46, is subtracted from every weight.",
            "The loss is one number. What moves the weights is its gradient, a number for each of "
            "them.",
            "loss-sets-the-step",
        ),
        Option(
            "E",
            "$c'$ is rewritten until the student's output agrees with the teacher's.",
            "Contexts are data. Training changes θ.",
            "input-is-optimised",
        ),
        Option(
            "F",
            "Since the loss is high, the step is long, and afterwards the loss is 0.",
            "The gradient sets the step, together with the learning rate, and at the logits a "
            "gradient is never longer than √2, however high the loss.",
            "loss-sets-the-step",
        ),
        Option(
            "G",
            "The gradient of the loss with respect to $\\theta$ is computed, and $\\theta$ moves a "
            "small step against it: 'brightly' becomes likelier, the loss on this input smaller, "
            "and the teacher stays as it is.",
            "Right, if the step is small enough.",
        ),
        Option(
            "H",
            "The gradient of the loss is stored; $\\theta$ changes at the end of the epoch.",
            "θ moves at each step, after every batch.",
            "gradients-wait",
        ),
    ),
    key="G",
)

PROMISED_CHANGE = Question(
    id="promised_change",
    title="How much is promised?",
    kind="numeric",
    stem=(
        "At some $\\theta$ the gradient of a loss has length 3. Plain gradient descent takes a "
        "step with learning rate $\\eta = 0.02$. By how much does the loss change, to first order? "
        "Mind the sign."
    ),
    points=1,
    key=-0.18,
    tolerance=1e-6,
    slips=(
        Slip(
            0.18, "The step goes against the gradient: the loss falls.", "gradient-points-downhill"
        ),
        Slip(-0.06, "η‖g‖ is how far θ moves. The loss falls by that, times the slope ‖g‖."),
        Slip(0.06, "η‖g‖ is how far θ moves, not what that does to the loss."),
        Slip(-9.0, "−‖g‖²: the learning rate is missing."),
        Slip(-3.0, "That is the slope, not the change.", "loss-sets-the-step"),
        Slip(-0.0036, "The learning rate enters once: g·Δθ = g·(−ηg)."),
    ),
)

PREDICT_WHO_GAINS = Question(
    id="predict_who_gains",
    title="Predict: who gains?",
    kind="predict",
    stem=(
        "Four words, softly, brightly, darkly, warmly. The teacher says (.02, .36, .02, .60), the "
        "student (.05, .35, .20, .40): 'brightly' is a little below its target. What becomes of it "
        "in a small step against the gradient at the logits?"
    ),
    points=0,
    formative=True,
    options=(
        Option(
            "A",
            "It rises, since it is below its target.",
            "Its logit is pushed up, but the others are pushed up more.",
            "below-target-gains",
        ),
        Option(
            "B",
            "It is set to .36.",
            "A step sets nothing; it moves logits, and all probabilities follow.",
            "one-step-is-enough",
        ),
        Option(
            "C",
            "It stays: a step changes the worst word first.",
            "A step changes all logits at once, and they share one softmax.",
            "outcomes-learn-alone",
        ),
        Option(
            "D",
            "It falls.",
            "Right: 'warmly' gains more than 'darkly' loses, and 'brightly' pays for that too.",
        ),
    ),
    key="D",
)

PROMISE_KEPT = Question(
    id="promise_kept",
    title="What was promised?",
    kind="choice",
    stem=(
        "One small step on a batch of two inputs: the loss of one fell, that of the other rose. "
        "Which number did the step promise to lower?"
    ),
    points=1,
    options=(
        Option(
            "A",
            "The loss of each input in the batch; so something is wrong here.",
            "The gradient is that of the mean. What each of its terms does is left open.",
            "every-example-gains",
        ),
        Option(
            "B",
            "The mean loss over the answer tokens of this batch, if the step is small.",
            "Right: its gradient was taken, and no other.",
        ),
        Option(
            "C",
            "The sum over all of $\\mathcal{D}'$, since that is what training minimises.",
            "That is the aim of training. A step knows this batch only, and may raise the sum.",
            "one-input-tells-all",
        ),
        Option(
            "D",
            "The largest of the losses: that input is learnt first.",
            "A large loss need not have a long gradient, and the mean knows no order.",
            "loss-sets-the-step",
        ),
        Option(
            "E",
            "The distance between the student's weights and the teacher's.",
            "Weights are never compared; the two networks may be built differently.",
            "same-distribution-same-weights",
        ),
    ),
    key="B",
)

GRADIENT_OF_ZERO = Question(
    id="gradient_of_zero",
    title="A gradient of 0",
    kind="choice",
    stem=(
        "Training stands still. On the batch the KL is 0.38, and the gradient has length 0, up to "
        "rounding. What can be said?"
    ),
    points=1,
    options=(
        Option(
            "A",
            "Student and teacher agree on this batch: there is nothing left to learn.",
            "They would agree at KL = 0. It is .38.",
            "zero-gradient-is-a-match",
        ),
        Option(
            "B",
            "The measurement must be wrong: where the loss is not 0, its gradient is not 0.",
            "At the best student above a floor the pulls cancel, and KL stays where it is.",
            "zero-gradient-is-a-match",
        ),
        Option(
            "C",
            "The learning rate is too small.",
            "The gradient does not contain the learning rate.",
            "gradient-contains-the-rate",
        ),
        Option(
            "D",
            "It may be the floor of what $c'$ allows, or the loss was detached, or the student is "
            "stuck: KL and floor tell which, the gradient does not.",
            "All of these end in a gradient of 0; what tells them apart lies elsewhere.",
        ),
        Option(
            "E",
            "The teacher has come to meet the student half-way.",
            "Then KL would have fallen; and a teacher does not move.",
            "the-teacher-learns",
        ),
    ),
    key="D",
)

STEP_IN_WORDS = Question(
    id="step_in_words",
    title="A step in words",
    kind="short",
    stem=(
        "Write what you would have liked to read before this notebook: for the input 'the sun is "
        "shining' the teacher prefers 'brightly', the student with $\\theta_2$ 'darkly', and the "
        "loss is high. What does one training step do, to what, in which direction, how far, with "
        "which effect, and what stays as it is? Five or six sentences."
    ),
    points=5,
    rubric=(
        "The loss is high because the two distributions differ (the student gives little to what "
        "the teacher says often).",
        "The gradient of the loss is taken with respect to the student's weights θ.",
        "θ moves against the gradient; how far is set by the learning rate (times the gradient), "
        "not by the size of the loss.",
        "The expected effect: 'brightly' gains probability at the expense of 'darkly', and the "
        "loss on this input falls, if the step is small enough.",
        "What stays fixed: the teacher (its weights and its answer), the data, c′ among them.",
    ),
)

QUESTIONS = (
    PREDICT_PROMISE,
    SUN_WITH_GRADIENTS,
    PREDICT_MEASURES,
    TRAINING_STEP,
    PROMISED_CHANGE,
    PREDICT_WHO_GAINS,
    PROMISE_KEPT,
    GRADIENT_OF_ZERO,
    STEP_IN_WORDS,
)
