"""How near a student is to its teacher, and how far it may be believed."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from course_lib.losses.reference import kl, softmax
from course_lib.models.rest import Model, at_rest
from course_lib.training.answers import Batch, answer_logits, checked
from course_lib.training.targets import full_precision, lesson, positive

CERTAIN = 0.99
"""A token whose likeliest outcome has more than this leaves the teacher no choice."""
BINS = 10


@dataclass(frozen=True)
class Scores:
    """A student on one batch.

    `kl`: KL(teacher‖student), mean over all answer tokens, nats. `agreement`: the share of examples
    in which both would write the same answer, taking the likeliest token each time. The others are
    of the tokens where the teacher leaves a choice: `confidence`, the student's mean probability of
    its likeliest outcome; `accuracy`, how often that outcome is what the batch's y says;
    `miscalibration`, the mean distance between the two over ten bins of confidence (expected
    calibration error, Guo et al., arXiv 1706.04599).
    """

    kl: float
    agreement: float
    confidence: float
    accuracy: float
    miscalibration: float


@dataclass(frozen=True)
class Bin:
    """Tokens about which a student is alike confident: their share, mean confidence, accuracy."""

    share: float
    confidence: float
    accuracy: float


@dataclass(frozen=True, eq=False)
class Exam:
    """A batch with the teacher's answers to it, asked once, on which students are measured.

    `p_t` float64 [N, V] are its probabilities at the N answer tokens; `greedy` int64 [B, L] the
    student's tokens with the teacher's likeliest answer in place of y.
    """

    batch: Batch
    p_t: Tensor
    greedy: Tensor

    @classmethod
    @torch.no_grad()
    def of(cls, teacher: Model, batch: Batch) -> Exam:
        """Ask the teacher, at rest. Raises ValueError if the two are to read different answers."""
        checked(batch)
        with at_rest(teacher):
            p_t = _probabilities(teacher, batch["xt"], batch["mt"])
        return cls(batch, p_t, lesson(teacher, batch, "argmax").tokens)

    def score(self, student: Model) -> Scores:
        """Measure a student, at rest."""
        p_s = self._predictions(student)
        bins = _bins(*self._open(p_s))
        return Scores(
            kl=float(kl(self.p_t, p_s).mean()) if len(p_s) else 0.0,
            agreement=self._agreement(student),
            confidence=sum(each.share * each.confidence for each in bins),
            accuracy=sum(each.share * each.accuracy for each in bins),
            miscalibration=sum(each.share * abs(each.confidence - each.accuracy) for each in bins),
        )

    def reliability(self, student: Model) -> tuple[Bin, ...]:
        """Confidence against accuracy where the teacher leaves a choice; no bin is empty."""
        return _bins(*self._open(self._predictions(student)))

    @torch.no_grad()
    def _predictions(self, student: Model) -> Tensor:
        with at_rest(student):
            return _probabilities(student, self.batch["xs"], self.batch["ms"])

    def _open(self, p_s: Tensor) -> tuple[Tensor, Tensor]:
        """The student's probabilities, and what was said, where the teacher leaves a choice."""
        open_ = self.p_t.amax(-1) < CERTAIN
        return p_s[open_], self.batch["xs"][self.batch["ms"]].cpu()[open_]

    @torch.no_grad()
    def _agreement(self, student: Model) -> float:
        """One pass is enough: who says the teacher's token at each place wrote the same so far."""
        mask = self.batch["ms"]
        with at_rest(student):
            said = answer_logits(student, self.greedy, mask).argmax(-1)
        same = torch.ones_like(mask)
        same[mask] = said == self.greedy[mask]
        return _mean(same.all(1)[mask.any(1)])


def score(student: Model, teacher: Model, batch: Batch) -> Scores:
    """Measure a student against its teacher, both at rest."""
    return Exam.of(teacher, batch).score(student)


def reliability(student: Model, teacher: Model, batch: Batch) -> tuple[Bin, ...]:
    """Confidence against accuracy where the teacher leaves a choice; no bin is empty."""
    return Exam.of(teacher, batch).reliability(student)


def _probabilities(model: Model, tokens: Tensor, mask: Tensor) -> Tensor:
    logits = full_precision(answer_logits(model, tokens, mask))
    return positive(softmax(logits.cpu().double()))


def _bins(p: Tensor, y: Tensor) -> tuple[Bin, ...]:
    confidence, guess = p.max(-1)
    right = (guess == y).double()
    which = (confidence * BINS).long().clamp_max(BINS - 1)
    return tuple(
        Bin(_mean(which == k), _mean(confidence[which == k]), _mean(right[which == k]))
        for k in sorted(set(which.tolist()))
    )


def _mean(values: Tensor) -> float:
    return float(values.double().mean()) if len(values) else 0.0
