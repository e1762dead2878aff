"""The language's own Pr(·|c,z): a teacher that never had to learn."""

from __future__ import annotations

import torch
from torch import Tensor

from course_lib.persona.language import (
    ADVERBS,
    FIRST_ADVERB,
    FIRST_MOOD,
    FREQUENCIES,
    ID,
    MOODS,
    Language,
)


class Truth:
    """Tokens of c z y, int64 [B, L], to exact log-probabilities [B, L, V] of what comes next.

    Exact from the end of z on; before that, where nothing is asked, all tokens are equally likely.
    What cannot come next has -inf. Raises ValueError if there are no rules to read.
    """

    def __init__(self, language: Language) -> None:
        V = len(language.vocabulary)
        moods = torch.zeros(len(MOODS), V)
        for i in range(len(ADVERBS)):
            mood, rank = divmod(i, len(FREQUENCIES))
            moods[mood, FIRST_ADVERB + i] = FREQUENCIES[rank]
        self._adverbs = moods.log()  # (moods, V)
        self._certain = torch.eye(V).log()  # (V, V): one word, and no other

    def __call__(self, tokens: Tensor) -> Tensor:
        if not bool((tokens[:, 0] == ID["rules"]).all()):
            raise ValueError(
                "the truth reads the rules of c, and a row begins with something else: give it "
                "c z y, not c′ z y"
            )
        adverbs, certain = (each.to(tokens.device) for each in (self._adverbs, self._certain))
        seconds = (tokens == ID["and"]).cumsum(1) > 0  # (B, L): past the first adverb
        adverb = (tokens >= FIRST_ADVERB) & (tokens < FIRST_ADVERB + len(ADVERBS))
        asks = (tokens == ID["is"]) | (tokens == ID["and"])
        logits = adverbs.new_zeros(*tokens.shape, adverbs.shape[1])  # (B, L, V)
        logits = torch.where(asks[..., None], adverbs[_mood(tokens)][:, None], logits)
        logits = torch.where((adverb & ~seconds)[..., None], certain[ID["and"]], logits)
        logits = torch.where((adverb & seconds)[..., None], certain[ID["."]], logits)
        return logits.log_softmax(-1)


def _mood(tokens: Tensor) -> Tensor:
    """What the rules say of the thing that z asks about, int64 [B]."""
    rows = torch.arange(len(tokens), device=tokens.device)
    is_at = (tokens == ID["is"]).int().argmax(1)
    slot = tokens[rows, is_at - 1]
    rule_at = (tokens == slot[:, None]).int().argmax(1)  # the first time: in the rules
    return tokens[rows, rule_at + 1] - FIRST_MOOD
