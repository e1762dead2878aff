"""The wrong ideas that the course meets again and again, each in one sentence.

Options of questions and mistakes in code share these ids, so that a report can show which idea a
student held in one notebook and no longer holds in a later one.
"""

from __future__ import annotations

from collections.abc import Mapping

MISCONCEPTIONS: Mapping[str, str] = {
    # what the loss compares
    "kl-is-symmetric": "KL is a distance, so the order of the two distributions does not matter.",
    "kl-is-cross-entropy": "KL and cross-entropy are the same number.",
    "only-the-top-matters": "All that a teacher teaches is its likeliest outcome.",
    "matching-logits": "Matching two distributions means matching their logits, number by number.",
    "kl-needs-help-to-be-positive": "Without a further factor KL could become negative.",
    "loss-is-log-likelihood": "A loss and a log-likelihood have the same sign.",
    # temperature
    "t-squared-is-a-detail": "The factor T² is a constant that may be left out or replaced.",
    "t-squared-removes-t": "T² makes the loss independent of T, so losses at any T compare.",
    "t-squared-undoes-softmax": "T² takes back what dividing the logits by T did.",
    "temperature-sharpens": "A higher temperature makes a distribution sharper.",
    "temperature-of-one-model": "Only one of the two models is softened by the temperature.",
    "temperature-after-softmax": "The temperature scales probabilities; logits can be left alone.",
    "high-temperature-forgets": "At a high temperature both models are uniform: nothing to learn.",
    # numbers and their units
    "logits-are-probabilities": "Logits, probabilities and log-probabilities are interchangeable.",
    "softmax-can-be-repeated": "A softmax of a softmax changes nothing.",
    "any-mean-will-do": "A mean is a mean, whatever it is taken over.",
    "any-axis-will-do": "A softmax finds the outcomes by itself, whichever dimension is named.",
    "floats-are-real-numbers": "On a computer log(softmax(x)) is as good as log_softmax(x).",
    "any-logarithm-will-do": "The base of the logarithm makes no difference.",
    # the two terms
    "alpha-weighs-the-labels": "α is the weight of the labels' term.",
    "weights-need-not-sum-to-one": "The two terms may be weighed independently.",
    "labels-are-softened-too": "The term for the labels is taken at the temperature as well.",
    "the-teacher-learns": "The teacher is trained along with the student.",
    # gradients
    "gradient-points-downhill": "The gradient points in the direction in which the loss falls.",
    "chain-rule-by-feeling": "One may forget, or repeat, the softmax in the chain rule.",
    "variance-of-a-sample": "The mean over all outcomes is estimated, so it is divided by V − 1.",
    # notation
    "student-sees-full-context": "The student is given the teacher's full context.",
    "superscript-counts-steps": "The superscript numbers the steps of training.",
    "dot-is-one-output": "The dot stands for the most probable output.",
    "theta-is-a-setting": "θ is a setting like the temperature, chosen and not learnt.",
    # notation, read again
    "model-is-the-teacher": "The distribution that is asked for is always the teacher's.",
    "superscript-is-decoration": "The superscript says who trains, not whose distribution it is.",
    "bar-read-from-the-right": "What is given stands to the left of the bar.",
    "weights-are-given": "Weights and given variables may change places.",
    "one-number-for-a-distribution": "A distribution is one number, the probability of one output.",
    "distribution-without-input": "A distribution is there before any input is filled in.",
    "letters-mean-the-same-everywhere": "A letter means the same in every paper.",
    "input-is-optimised": "Training changes the inputs until the outputs agree.",
    "all-floats-are-alike": "float32 and float64 hold the same numbers.",
    # distances
    "loss-is-accuracy": "If the likeliest outcomes agree, the loss is 0, or at least equal.",
    "loss-counts-errors": "A loss counts how many entries are wrong.",
    "loss-is-per-outcome": "The loss is one number for each outcome.",
    "loss-is-a-reward": "A high loss is good: there is more to learn.",
    "loss-does-not-depend-on-weights": "The loss depends on data and teacher alone.",
    "loss-needs-a-data-set": "A loss is defined only for a whole data set.",
    "one-input-tells-all": "Who is better on one input is better on all.",
    "only-labels-are-targets": "There is no loss without the one right word.",
    "differences-cancel": "What is too much here and too little there is no difference.",
    "the-rare-decides": "The rarest outcome costs most, and so it decides the loss.",
    "terms-are-positive": "Since KL is not negative, none of its terms is.",
    "log-and-mean-commute": "A mean of logarithms is the logarithm of the mean.",
    "divergences-are-distances": "All measures of distance are one, up to a square or a root.",
    "infinity-is-an-error": "An infinite loss is a numerical accident, to be replaced.",
    "same-distribution-same-weights": "Models with equal distributions have equal weights.",
    "floor-is-never-zero": "No student can ever match its teacher.",
    "hidden-context-always-costs": "Whatever the student is not told, it has to pay for.",
    # tensors
    "shapes-align-from-the-left": "Broadcasting finds the dimension that is meant.",
    "always-shift": "Logits and tokens always have to be shifted against each other.",
    "padding-is-harmless": "Tokens that do not count may stand in a sum or a mean.",
    # tokens, masks, shifts
    "logits-sit-on-their-token": "The logits at a position are about the token that stands there.",
    "predictions-need-the-whole-input": "A prediction is made when the whole input has been read.",
    "prompts-are-answers": "Every token of the input is one that the model has to learn to write.",
    "tokens-are-known-by-id": "Whether a token belongs to the answer can be seen from its id.",
    "true-means-ignored": "A mask is true where something is to be hidden.",
    "the-end-teaches-nothing": "The end token need not be learnt.",
    "order-is-free": "The parts of an input may stand in any order.",
    "answers-end-their-rows": "Answers stand at the same place in all rows, or at their end.",
    "every-row-counts-the-same": "A mean over rows weighs every token alike.",
    "masks-are-never-empty": "A mask always holds something, so that 0/0 does not occur.",
    "padding-helps-the-model": "With more padding a model predicts better.",
    "surprise-is-entropy": "How surprised a model is and how unsure it is are the same.",
    # sequences
    "prefixes-do-not-matter": "What comes next has one distribution, whatever came before.",
    "every-prefix-counts-the-same": "In the chain rule all prefixes have the same weight.",
    "the-student-writes-the-prefixes": "Sequences and prefixes are those that the student writes.",
    "the-teacher-is-not-asked": "Every sequence counts the same, whatever the teacher says of it.",
    "the-student-is-not-asked": "What a loss is about is the teacher's own probability.",
    "the-mode-stands-for-all": "The likeliest output stands for the whole distribution.",
    "greedy-finds-the-mode": "The likeliest token at each step makes the likeliest sequence.",
    "draws-need-weights": "What was drawn has to be weighed by its probability once more.",
    "draws-exhaust-the-outcomes": "A sample holds every outcome at most once.",
    "noise-is-bias": "An estimate that scatters is a wrong one.",
    "standard-error-is-standard-deviation": "How draws scatter is how far their mean may be off.",
    "sequences-add-up": "The number of sequences grows with the length, not exponentially.",
    # a training step
    "first-order-is-exact": "The loss changes by what its gradient promises, for any step.",
    "a-broken-promise-hurts": "A step that falls short of its promise makes the loss worse.",
    "gradient-contains-the-rate": "The gradient depends on the learning rate.",
    "one-step-is-enough": "A step sets the outputs to their targets.",
    "loss-sets-the-step": "The size of the loss, or of the gradient, is the size of the change.",
    "gradients-wait": "The weights change at the end of an epoch, not at each step.",
    "below-target-gains": "An outcome below its target gains probability in a step.",
    "outcomes-learn-alone": "Each outcome's probability moves by itself, whatever the others do.",
    "every-example-gains": "A step that lowers the loss of a batch lowers that of each example.",
    "zero-gradient-is-a-match": "Where the gradient is 0, student and teacher agree.",
    "gradients-start-at-zero": "Every backward pass begins with gradients of zero.",
    "steps-compute-gradients": "A step of the optimizer knows the gradient by itself.",
    "optimizers-have-no-memory": "An optimizer is a learning rate and nothing else.",
    "modes-are-about-gradients": "Evaluation mode switches gradients off, training mode on.",
    "step-is-a-place": "What a step does depends on where it ends, not on how far it went.",
    "every-step-follows-the-gradient": "Every optimizer moves θ by −η times the gradient.",
    # distillation for real
    "the-rest-does-not-count": "What does not fill a whole group may be left out.",
    "calibrated-is-good": "A model whose confidence may be believed knows what can be known.",
    "the-surer-the-better": "A model is the better the surer it is.",
    "a-gap-is-overfitting": "Whatever a student does worse than its teacher, more data would mend.",
    "familiar-numbers-explain": "A number that looks familiar says where it comes from.",
}
