"""What a step did to outputs, examples and teacher, in words."""

from __future__ import annotations

from course_lib.figures.style import number
from course_lib.training.measured_step import ZERO_GRADIENT, MeasuredStep

VISIBLE = 5e-4
"""A probability that changed by less has not changed in three digits."""
GAP, FALL = 0.01, 1e-3
"""An outcome that was this far below its target, and fell by so much all the same, is explained."""
NAMED = 3
"""So many examples are named one by one."""


def effects(report: MeasuredStep) -> list[str]:
    """Who gained and lost, what may surprise in that, which examples got worse, the teacher."""
    return [*_outputs(report), *_below_target(report), *_examples(report), *_teacher(report)]


def _outputs(r: MeasuredStep) -> list[str]:
    token = r.most_moved
    if token is None or not _moved(r):
        return []
    change = r.after[token] - r.before[token]
    gained, lost = int(change.argmax()), int(change.argmin())
    if float(change.abs().max()) < VISIBLE:
        return [f"No probability changed by more than {number(VISIBLE)}."]
    return [
        f"Most changed {r.place(token)}: {_from_to(r, token, gained)} gained most, "
        f"{_from_to(r, token, lost)} lost most."
    ]


def _from_to(r: MeasuredStep, token: int, outcome: int) -> str:
    start, end, goal = (
        _probability(float(each[token, outcome])) for each in (r.before, r.after, r.target)
    )
    return f"'{r.name(outcome)}' (from {start} to {end}, target {goal})"


def _below_target(r: MeasuredStep) -> list[str]:
    """The outcome that fell most although it was below its target, and why that can be."""
    if r.verdict not in ("good", "long", "too large"):
        return []
    short, change = r.target - r.before, r.after - r.before
    fell = (change * ((short > GAP) & (change < -FALL))).flatten()
    if not bool(fell.any()):
        return []
    token, outcome = divmod(int(fell.argmin()), r.before.shape[1])
    said = (
        f"At {r.place(token)}, {_from_to(r, token, outcome)} was below its target and fell all the "
        "same"
    )
    return [f"{said}: {_why_it_fell(r, token, outcome)}."]


def _why_it_fell(r: MeasuredStep, token: int, outcome: int) -> str:
    p, pushes = r.before[token], r.pushes[token]
    mean, own = float((p * pushes).sum()), float(pushes[outcome])
    if float(r.nudged[token, outcome]) > float(p[outcome]):
        return "it set out upwards, and fell because the step is so large"
    if own < mean:
        return (
            "a softmax raises an outcome only if its logit is pushed up more than the mean of all, "
            f"weighed by p_s; its push was {number(own)}, the mean {number(mean)}"
        )
    return (
        "its own loss would raise it, but the weights are shared, and what other tokens of the "
        "batch (or earlier steps, through the optimizer's memory) asked of them was stronger"
    )


# -- who else was touched ------------------------------------------------------------------------


def _examples(r: MeasuredStep) -> list[str]:
    if not r.rows or not _moved(r):
        return []
    worse, B = r.worse, len(r.examples_before)
    if r.actual < 0 and worse:
        i = max(worse, key=lambda b: r.examples_after[b] - r.examples_before[b])
        return [
            f"The batch got better, and {len(worse)} of its {B} examples got worse "
            f"({_listed(worse)}; most of all example {i}, from {number(r.examples_before[i])} to "
            f"{number(r.examples_after[i])}): a step lowers the mean, not each of its terms."
        ]
    if r.actual < 0:
        return ["Each example got better."] if B > 1 else []
    better = [i for i in range(B) if r.examples_after[i] < r.examples_before[i]]
    if r.actual > 0 and better:
        return [f"The batch got worse, though {len(better)} of its {B} examples got better."]
    return []


def _teacher(r: MeasuredStep) -> list[str]:
    seen = r.teacher
    if not seen.at_rest:
        how = (
            f"its weights by up to {number(seen.moved)}" if seen.moved else "though not its weights"
        )
        return [
            f"The teacher moved ({how}; its probabilities here by up to "
            f"{number(seen.answers_moved)}), and it must not: is it in the optimizer, or are its "
            "weights the student's?"
        ]
    compared = (
        f"all its {seen.weights:,} weights are what they were" if seen.weights else "it has none"
    )
    said = f"The teacher did not move: {compared}, and so are its answers to this batch."
    if not seen.weights:
        said = "The teacher did not move: its answers to this batch are what they were."
    if seen.gradients:
        said += " But gradients reached its weights: ask it under torch.no_grad()."
    return [said]


def _moved(r: MeasuredStep) -> bool:
    return r.step_norm >= ZERO_GRADIENT and r.verdict != "not finite"


def _listed(numbers: tuple[int, ...]) -> str:
    named = ", ".join(map(str, numbers[:NAMED]))
    return f"{named} and others" if len(numbers) > NAMED else named


def _probability(p: float) -> str:
    if 1 - VISIBLE < p < 1:
        return "more than 0.999"
    return "less than 0.001" if 0 < p < VISIBLE else number(p)
