"""The information floor of a given teacher on given examples."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor
from torch.nn.functional import pad

from course_lib.losses.reference import kl, log_softmax
from course_lib.models.rest import Model, at_rest
from course_lib.persona.examples import Examples
from course_lib.persona.language import ANSWER_LENGTH, MOODS, SLOTS
from course_lib.training.answers import answer_logits


@torch.no_grad()
def measured_floor(
    teacher: Model, examples: Examples, redrawn: int, *, contexts: int = 4, seed: int = 0
) -> float:
    """The KL of the best possible student on these examples, in nats a token of y.

    That student knows c′, z and the answer so far, so its best guess is the mixture of the
    teacher's distributions over the contexts that may stand behind them, each weighed by how well
    it explains the answer so far. For each mood of the thing asked about, `contexts` of them are
    drawn; the true one is among them. The mixture is of the teacher's own distributions: a teacher
    that is 1 % blurred moves the floor as much as it moves the loss.
    """
    chance = torch.Generator().manual_seed(seed)
    behind = [
        examples if (k, i) == (0, 0) else _another(examples, redrawn, k, chance)
        for k in range(len(MOODS))
        for i in range(contexts)
    ]
    with at_rest(teacher):
        logs = torch.stack([_answers(teacher, each, examples.y) for each in behind])  # (R, B, 4, V)
    said = examples.y.expand(len(behind), -1, -1)[..., None]
    of_tokens = logs.gather(-1, said)[..., 0]  # (R, B, 4)
    so_far = pad(of_tokens, (1, -1)).cumsum(-1)  # log-probability of the answer before a token
    weights = so_far.softmax(0)[..., None]
    mixture = (weights * logs.exp()).sum(0)
    return float(kl(logs[0].exp(), mixture).mean())


def _another(examples: Examples, redrawn: int, shift: int, chance: torch.Generator) -> Examples:
    """The same c′ and z with another c behind them, the asked mood moved on by `shift`."""
    B = len(examples)
    moods = examples.moods.clone()
    moods[:, :redrawn] = torch.randint(len(MOODS), (B, redrawn), generator=chance)
    rows = torch.arange(B)
    free = examples.slot < redrawn
    asked = torch.where(free, (examples.mood + shift) % len(MOODS), examples.mood)
    moods[rows, examples.slot] = asked
    order = torch.rand(B, len(SLOTS), generator=chance).argsort(1)
    return replace(examples, moods=moods, order=order)


def _answers(teacher: Model, examples: Examples, y: Tensor) -> Tensor:
    """Log-probabilities float64 [B, 4, V] of the tokens of y after these contexts."""
    tokens, mask = examples.for_teacher()
    tokens[mask] = y.flatten()
    logits = answer_logits(teacher, tokens, mask)
    return log_softmax(logits.double()).view(len(y), ANSWER_LENGTH, -1)
