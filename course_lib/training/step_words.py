"""A step of training in words, as a good student might put it: nothing but what its numbers say."""

from __future__ import annotations

from course_lib.figures.style import number
from course_lib.training.effect_words import effects
from course_lib.training.measured_step import MATCH, ZERO_GRADIENT, MeasuredStep

NEAR = 0.1
"""A KL so near to the floor, as a share of it, has arrived: a batch alone varies by more."""
SAME_LOSS = 1e-3
"""By so much, relatively, a loss in float32 may differ from ours in float64."""


def paragraph(report: MeasuredStep) -> str:
    """Situation, gradient, step, outputs, examples, teacher: in this order."""
    sentences = [
        *_situation(report),
        *_gradient(report),
        *_step(report),
        *_returned(report),
        *effects(report),
    ]
    return " ".join(sentences)


# -- before ------------------------------------------------------------------------------------


def _situation(r: MeasuredStep) -> list[str]:
    if r.verdict == "no answers":
        return [
            "The mask marks no answer token: nothing was compared, so the loss is 0 and so is its "
            "gradient. That says nothing about the student."
        ]
    size = f"{_count(len(r.rows), 'answer token')} of {_count(len(r.examples_before), 'example')}"
    was = f"was {number(r.loss_before)} nats, the mean over {size}"
    how = "student and teacher match here" if r.matches else "the two distributions differ"
    if abs(r.loss_before - r.kl_before) < ZERO_GRADIENT:
        return [f"Before the step the loss, KL(teacher‖student), {was}: {how}.", *_floor(r)]
    said = f"Before the step the loss {was}. KL(teacher‖student) was {number(r.kl_before)}: {how}."
    if r.matches and r.loss_before > MATCH:
        said += (
            " A loss that is not 0 at a match is a cross-entropy, or like one: what is left of it "
            "is the teacher's own."
        )
    return [said, *_floor(r)]


def _floor(r: MeasuredStep) -> list[str]:
    if r.floor is None:
        return []
    gap = r.kl_before - r.floor
    known = (
        f"The floor is {number(r.floor)}: averaged over all the data, no student that reads only "
        "c′ can do better"
    )
    if gap > NEAR * r.floor:
        return [f"{known}, so about {number(gap)} of this KL can still be learnt."]
    side = f"{number(abs(gap))} {'below' if gap < 0 else 'above'} it"
    return [
        f"{known}. On this batch KL is {side}: the student has arrived, and what it still loses "
        "is what c′ does not tell."
    ]


def _gradient(r: MeasuredStep) -> list[str]:
    without = {
        "no answers": [],
        "detached": [
            "The loss does not depend on θ: somewhere it was detached (.detach(), .item(), "
            "no_grad), so there is no gradient. That is no sign of a match."
        ],
        "match": ["The gradient is 0: on this batch there is nothing left to learn."],
        "floor": [
            f"The gradient is 0, and yet this is no match. Single tokens still pull (by up to "
            f"{number(r.pull)} at their logits), but the pulls cancel: examples that look the same "
            "to the student have different targets, and it gives the mixture of them, the best it "
            f"can. The KL that is left, {number(r.kl_before)}, is the floor of this batch "
            f"({number(r.batch_floor)}): what c′ does not tell, no step can teach."
        ],
        "saturated": [
            "The gradient is 0, and yet this is no match, nor a floor: on this batch a KL of "
            f"{number(r.batch_floor)} is possible. The student is so sure of what it says that a "
            "small change of its logits changes nothing: the loss is flat here. It is stuck, not "
            "done."
        ],
        "stationary": [
            "The gradient is 0, and yet this is no match, nor a floor of the data: a KL of "
            f"{number(r.batch_floor)} is possible on this batch. The tokens pull (by up to "
            f"{number(r.pull)} at their logits), but in these weights the pulls cancel."
        ],
    }
    if r.verdict in without:
        return without[r.verdict]
    return [f"The gradient of the loss with respect to θ has length {number(r.gradient_norm)}."]


# -- the step ----------------------------------------------------------------------------------


def _step(r: MeasuredStep) -> list[str]:
    match r.verdict:
        case "nothing moved":
            return [_nothing_moved(r)]
        case "not finite":
            return [
                f"θ moved by {number(r.step_norm)}, and now the loss is {r.loss_after}: the step "
                "was far too large."
            ]
        case "uphill":
            return [_promise(r), _uphill(r)]
        case "too large":
            return [_promise(r), _too_large(r)]
        case "long":
            return [_promise(r), _long(r)]
        case "good":
            return [_promise(r), f"The step is of a good size: {_remainder(r)}."]
    if r.step_norm < ZERO_GRADIENT:
        return ["θ did not move."]
    return [
        f"θ moved all the same, by {number(r.step_norm)} (momentum and weight decay can do that, "
        "and Adam, which divides a gradient by its own size), and the loss "
        f"{_rose_or_fell(r.actual)}."
    ]


def _promise(r: MeasuredStep) -> str:
    against = "along" if r.predicted > 0 else "against"
    return (
        f"θ moved {against} it, by {number(r.step_norm)}. To first order, Σ g·Δθ, the loss was to "
        f"change by {_signed(r.predicted)}; really it changed by {_signed(r.actual)}, to "
        f"{number(r.loss_after)}."
    )


def _remainder(r: MeasuredStep) -> str:
    words = f"the rest, {_signed(r.remainder)}, is small beside that"
    by_size = dict(zip(r.sizes, r.remainders, strict=True))
    half, quarter = by_size[0.5], by_size[0.25]
    if half and quarter and all(3.6 < each < 4.4 for each in (half / quarter, r.remainder / half)):
        words += (
            ", and of second order: it grows with the square of the step (at half the step it is "
            f"{_signed(half)}, about a quarter)"
        )
    return words


def _uphill(r: MeasuredStep) -> str:
    if r.actual > 0:
        return (
            "That is uphill: in this direction even the shortest step raises the loss. Either a "
            "sign is wrong (θ + η·g, the negative loss, an optimizer that maximises), or momentum "
            "carried θ on as it went before."
        )
    return (
        "It set out uphill, along the gradient, and the loss fell all the same: the step was so "
        "long that the first-order rule no longer holds. That is luck, not descent."
    )


def _too_large(r: MeasuredStep) -> str:
    size, change = r.best_shorter
    tried = f"{_share(size)} of it"
    if r.actual <= 0:
        return (
            f"The direction is right, and the step is too large: {tried} would have lowered the "
            f"loss by {number(-change)}, and all of it lowered it by {number(-r.actual)}."
            + _below_zero(r)
        )
    if change < 0:
        better = f"{tried} would have lowered it by {number(-change)}"
    else:
        better = f"even {_share(min(r.sizes))} of it would have raised it"
    return (
        "The direction is right, downhill, and the step is too large: it went past the valley, and "
        f"the loss rose; {better}." + _below_zero(r)
    )


def _long(r: MeasuredStep) -> str:
    return (
        "The step is a long one: it helped, and no shorter one that was tried helped more, but the "
        f"first-order rule is {_signed(r.remainder)} off by now." + _below_zero(r)
    )


def _below_zero(r: MeasuredStep) -> str:
    if r.loss_before + r.predicted >= 0:
        return ""
    return (
        f" The rule promised a loss of {number(r.loss_before + r.predicted)}, and a divergence is "
        "never below 0: it holds for small steps only."
    )


def _nothing_moved(r: MeasuredStep) -> str:
    if r.held == 0:
        return (
            "No weight moved, though the gradient is not 0: the optimizer holds none of the "
            "student's weights."
        )
    return (
        "No weight moved, though the gradient is not 0. Perhaps backward or optimizer.step is "
        "missing, zero_grad stands between them, the loss was detached, or the learning rate is 0."
    )


def _returned(r: MeasuredStep) -> list[str]:
    if r.returned is None or _same(r.returned, r.loss_before):
        return []
    if _same(r.returned, r.loss_after):
        return [f"The step returned {number(r.returned)}: that is the loss after it, not before."]
    if r.noisy:
        return [
            f"The step returned {number(r.returned)}, with the student's dropout on; all numbers "
            "here are without."
        ]
    return [f"The step returned {number(r.returned)}, which is not the loss before it."]


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= SAME_LOSS * max(abs(b), MATCH)


# -- numbers and lists in words ------------------------------------------------------------------


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _share(size: float) -> str:
    names = {0.125: "an eighth", 0.25: "a quarter", 0.5: "half", 0.75: "three quarters"}
    return names[size]


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + number(value)


def _rose_or_fell(change: float) -> str:
    if abs(change) < ZERO_GRADIENT:
        return "stayed as it was"
    return f"{'rose' if change > 0 else 'fell'} by {number(abs(change))}"
