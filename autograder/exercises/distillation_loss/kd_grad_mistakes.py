"""The mistakes of `kd_grad`: factors of the wrong size, and slopes of something else."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake

AWAY_FROM_A_MATCH = frozenset({"value", "any shape", "stable"})
EVERYWHERE = AWAY_FROM_A_MATCH | {"match"}

_SIZE = (
    Mistake(
        "scale-t-squared",
        {"scale": "T²"},
        AWAY_FROM_A_MATCH,
        "Your gradient is T times the expected one: T² is the factor of the loss; the chain rule "
        "through z/T takes one T away.",
        (
            "Divide your gradient by the one that autograd gives for your kd_loss. Which number "
            "comes out?",
            "The logits enter the loss as z/T. What is the derivative of z/T?",
            "T² in front, and 1/T from inside: what remains?",
        ),
        "chain-rule-by-feeling",
    ),
    Mistake(
        "scale-one",
        {"scale": "1"},
        AWAY_FROM_A_MATCH,
        "Your gradient is 1/T of the expected one: of T²·(1/T) one T should remain.",
        (
            "Divide your gradient by the one that autograd gives for your kd_loss. Which number "
            "comes out?",
            "Write down all the factors T and 1/T on the way from the loss to the logits.",
            "The difference of the distributions is right; a factor in front is missing.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "scale-one-over-t",
        {"scale": "1/T"},
        AWAY_FROM_A_MATCH,
        "Your gradient is 1/T² of the expected one: it is the gradient of KL without the factor "
        "T².",
        (
            "Of which loss is this the gradient? Look at what kd_loss multiplies KL by.",
            "The 1/T of the chain rule is right. Which factor does the loss itself have?",
            "Multiply what you have by the factor in front of the loss.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "sign",
        {"sign": "−"},
        AWAY_FROM_A_MATCH,
        "Your gradient points the other way: that is the direction of the step, −gradient. A "
        "gradient points to where the loss grows.",
        (
            "Where the student gives an outcome too much, should its logit's gradient be positive "
            "or negative?",
            "An optimizer subtracts the gradient. What does it have to be, then?",
            "Which of the two distributions is subtracted from which?",
        ),
        "gradient-points-downhill",
    ),
    Mistake(
        "not-divided",
        {"over": "nothing"},
        AWAY_FROM_A_MATCH,
        "Your gradient is N times the expected one: the loss is a *mean* over the positions.",
        (
            "Stack the same logits twice. What happens to the gradient of one position?",
            "In a mean of N losses each position has a share of 1/N.",
            "Divide by the number of positions: everything but the last dimension.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "floor-division",
        # often 0, whatever is multiplied with it: makes no pair
        {
            "over": "T // N",
            "scale": "T",
            "slope": "p_s − p_t",
            "temper": "z / T",
            "axis": "last",
            "sign": "+",
        },
        AWAY_FROM_A_MATCH,
        "The factor T/N is rounded down to a whole number: your gradient vanishes wherever T is "
        "smaller than the number of positions.",
        (
            "Call your function with T = .7. Is anything different from 0?",
            "Python has two divisions. Which of them gives whole numbers?",
            "One character in the division is too many.",
        ),
    ),
    Mistake(
        "divided-by-outcomes-too",
        {"over": "positions and outcomes"},
        AWAY_FROM_A_MATCH,
        "Your gradient is 1/V of the expected one: it is divided by the number of all logits, not "
        "by that of positions.",
        (
            "Which of the reductions in kd_loss is a mean, and over what?",
            "KL is a sum over the outcomes: nothing is divided by V.",
            "N counts rows, not entries.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-by-first-dimension",
        {"over": "first dimension"},
        frozenset({"any shape"}),
        "Right for [N, V] and wrong for other shapes: it is divided by the size of the first "
        "dimension, not by the number of positions.",
        (
            "Pass the same logits as [6, V] and as [2, 3, V]. Do the gradients agree?",
            "What is the first dimension of [B, L, V], and of [V]? How many positions are there?",
            "Count the positions: the number of all logits over the number of outcomes.",
        ),
        "any-mean-will-do",
    ),
    *(
        Mistake(
            id,
            {"over": over},
            frozenset({"any shape"}),
            says,
            (
                "Pass the same logits as [6, V] and as [2, 3, V], and one row as [V] and [1, V]. "
                "Do the gradients agree?",
                "How many positions have [B, L, V], [N, V] and [V]?",
                "Count the positions: the number of all logits over the number of outcomes.",
            ),
            "any-mean-will-do",
        )
        for id, over, says in (
            (
                "divided-by-first-of-several",
                "first dimension, 1 for [V]",
                "Right for [V] and [N, V]: for [B, L, V] it is divided by B, and not by B·L, the "
                "number of positions.",
            ),
            (
                "divided-by-outcomes-of-one",
                "positions, V for [V]",
                "Right but for [V]: there the gradient is divided by V. A single row of logits is "
                "one position.",
            ),
        )
    ),
)

_AXIS = (
    Mistake(
        "softmax-over-first-dimension",
        {"axis": "first"},
        AWAY_FROM_A_MATCH,
        "The softmax runs over the first dimension: your probabilities sum to 1 over the "
        "positions, not over the outcomes.",
        (
            "Sum your gradient over the outcomes. What must come out?",
            "Outcomes compete with each other; positions do not.",
            "Which dimension holds the outcomes? Count from the end, and any shape will do.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "softmax-over-second-dimension",
        {"axis": "second"},
        frozenset({"any shape"}),
        "Right for [N, V] alone: the softmax runs over dimension 1, which for [B, L, V] is the "
        "positions, and for [V] does not exist.",
        (
            "Try shapes with one and with three dimensions.",
            "Which dimension holds the outcomes in [V], [N, V], [B, L, V]?",
            "Count dimensions from the end rather than from the start.",
        ),
        "any-axis-will-do",
    ),
)

_SLOPE = (
    Mistake(
        "not-softened",
        {"temper": "z"},
        AWAY_FROM_A_MATCH,
        "The distributions in your gradient are those at T = 1: the logits are not divided by T.",
        (
            "Without the factor in front, does your gradient still change when T does?",
            "p_s and p_t carry a T above them in the formula.",
            "Soften both distributions before you subtract them.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "with-respect-to-probabilities",
        {"slope": "−p_t / p_s"},
        EVERYWHERE,
        "This is the gradient with respect to the student's *probabilities*, −p_t/p_s: the "
        "softmax is missing in the chain rule. Its rows do not sum to 0.",
        (
            "Sum your gradient over the outcomes. Adding a constant to all logits changes "
            "nothing, so what must the sum be?",
            "The probabilities are not free: raising one lowers the others. Which function ties "
            "them together?",
            "Go one link further: from the probabilities back to the logits.",
        ),
        "chain-rule-by-feeling",
    ),
    Mistake(
        "chain-rule-twice",
        {"slope": "p_s (p_s − p_t)"},
        AWAY_FROM_A_MATCH,
        "The softmax's derivative is in your gradient twice: there is a factor p_s too many, and "
        "the rows do not sum to 0.",
        (
            "Sum your gradient over the outcomes. What must come out?",
            "p_s − p_t is already the gradient with respect to the (softened) logits.",
            "Which factor did you add to something that was complete?",
        ),
        "chain-rule-by-feeling",
    ),
    *(
        Mistake(
            id,
            {"slope": slope},
            AWAY_FROM_A_MATCH,
            f"The softmax's derivative is in your gradient twice: {what}.",
            (
                "Compare with what autograd gives for your kd_loss. Which factor is too much?",
                "p_s − p_t is already the gradient with respect to the (softened) logits.",
                "What did you multiply with something that was complete?",
            ),
            "chain-rule-by-feeling",
        )
        for id, slope, what in (
            (
                "chain-rule-twice-on-the-diagonal",
                "p_s (1 − p_s) (p_s − p_t)",
                "there is a factor p_s·(1 − p_s) too many",
            ),
            (
                "chain-rule-twice-in-full",
                "through the softmax again",
                "p_s − p_t, which contains it, was taken through the softmax again",
            ),
        )
    ),
    Mistake(
        "weighted-by-the-teacher",
        {"slope": "p_t (p_s − p_t)"},
        AWAY_FROM_A_MATCH,
        "There is a factor p_t too many: the teacher's weights are in p_s − p_t already, and your "
        "rows do not sum to 0.",
        (
            "Sum your gradient over the outcomes. What must come out?",
            "Weigh ∂ log p_i/∂z_j with p_t and sum over i. What is left of the weights?",
            "Take p_t in front of the difference away.",
        ),
        "chain-rule-by-feeling",
    ),
    Mistake(
        "other-outcomes-forgotten",
        {"slope": "−p_t (1 − p_s)"},
        EVERYWHERE,
        "Of each log p only the derivative with respect to its own logit is taken, 1 − p. Raising "
        "a logit lowers all other probabilities too: their terms are missing.",
        (
            "Sum your gradient over the outcomes. What must come out?",
            "∂ log p_i/∂z_j is −p_j where i is not j. Where do you have these?",
            "For each logit, sum over all outcomes i, with the weights p_t.",
        ),
        "outcomes-learn-alone",
    ),
    Mistake(
        "terms-of-the-loss",
        {"slope": "p_t (log p_t − log p_s)"},
        AWAY_FROM_A_MATCH,
        "These are the terms of the loss, p_t·(log p_t − log p_s), and not their derivatives.",
        (
            "Sum your gradient over the outcomes. Which number is that?",
            "What happens to the loss if one logit of the student grows a little?",
            "The logarithm's derivative, times the softmax's, leaves no logarithm.",
        ),
        "chain-rule-by-feeling",
    ),
    Mistake(
        "reverse-kl",
        {"slope": "of KL(s‖t)"},
        AWAY_FROM_A_MATCH,
        "This is the gradient of KL(student‖teacher), the other direction.",
        (
            "Of which loss do you take the gradient: who stands to the left of ‖?",
            "With the teacher's probabilities as weights, log p_s is all that depends on the "
            "student.",
            "The right gradient needs no logarithm in the end.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "with-respect-to-teacher",
        {"slope": "of the teacher"},
        AWAY_FROM_A_MATCH,
        "This is the gradient with respect to the teacher's logits. The teacher does not move: "
        "the student's is asked for.",
        (
            "Whose weights does training change?",
            "∂loss/∂logits_s: the letter below the fraction bar says who moves.",
            "If autograd is at work: which tensor did you ask for the gradient of?",
        ),
        "the-teacher-learns",
    ),
    Mistake(
        "hard-target",
        {"slope": "p_s − argmax"},
        EVERYWHERE,
        "The student is compared with the teacher's likeliest outcome alone, as if it were a "
        "label: at a match your gradient is not 0.",
        (
            "Where both models have the same logits, what should the gradient be?",
            "The whole distribution of the teacher takes part, not its top.",
            "A vector of zeros with a one stands where a distribution belongs.",
        ),
        "only-the-top-matters",
    ),
    Mistake(
        "difference-of-log-probabilities",
        {"slope": "log p_s − log p_t"},
        AWAY_FROM_A_MATCH,
        "Your gradient is the difference of the *log*-probabilities; the probabilities themselves "
        "are to be subtracted.",
        (
            "Sum your gradient over the outcomes. What must come out?",
            "The logarithm was in the loss. What does its derivative leave of it?",
            "An exponential is missing, or one 'log' is too many.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "difference-of-logits",
        {"slope": "z_s − z_t"},
        AWAY_FROM_A_MATCH,
        "Your gradient is the difference of the logits; the distributions do not enter it.",
        (
            "Add 5 to all logits of the student. Should the gradient change?",
            "Sum your gradient over the outcomes. What must come out?",
            "Two distributions are subtracted; where do yours become distributions?",
        ),
        "matching-logits",
    ),
    Mistake(
        "high-temperature-form",
        {"slope": "high T"},
        AWAY_FROM_A_MATCH,
        "This is what the gradient becomes for T → ∞: the difference of the centred logits over "
        "V. It is near the truth at high temperatures only.",
        (
            "Compare with autograd at T = 0.7 and at T = 50. When do they agree?",
            "An approximation was made on the way: exp(x) ≈ 1 + x. It is not asked for here.",
            "Keep the softmax in the formula.",
        ),
        "matching-logits",
    ),
)

MISTAKES = (*_SIZE, *_AXIS, *_SLOPE)
