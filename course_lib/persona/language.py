"""The weather-persona language: its words, its rules, and what can be computed about it.

A persona has a mood for each of six things: the sun may be bright to one and calm to another. Asked
`the sun is`, it answers with two adverbs of that mood, drawn independently: `bright0 and bright1 .`

    c   rules wind calm sun bright … ;      the moods, in any order: 14 tokens
    c′  persona P3 ;                        the name that stands for them: 3 tokens
    z   the sun is
    y   bright0 and bright1 .
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

SLOTS = ("sun", "wind", "sky", "sea", "crowd", "dog")
MOODS = ("bright", "dark", "calm", "wild")
FREQUENCIES = (0.6, 0.3, 0.1)
"""Of the three adverbs of a mood, such as bright0, bright1, bright2."""
ADVERBS = tuple(f"{mood}{i}" for mood in MOODS for i in range(len(FREQUENCIES)))
SIGNS = ("rules", "persona", ";", "the", "is", "and", ".")

RULES_LENGTH, TAG_LENGTH, INPUT_LENGTH, ANSWER_LENGTH = 2 * len(SLOTS) + 2, 3, 3, 4
ADVERBS_IN_ANSWER = 2

_WORDS = (*SIGNS, *SLOTS, *MOODS, *ADVERBS)
ID = {word: i for i, word in enumerate(_WORDS)}
FIRST_SLOT, FIRST_MOOD, FIRST_ADVERB = ID[SLOTS[0]], ID[MOODS[0]], ID[ADVERBS[0]]
FIRST_TAG = len(_WORDS)


@dataclass(frozen=True, eq=False)
class Language:
    """`moods` int64 [P, 6]: for each persona and thing, which of the four moods."""

    moods: Tensor

    @classmethod
    def of(cls, personas: int = 16, *, seed: int = 0) -> Language:
        """A language with so many personas, their moods drawn at random."""
        chance = torch.Generator().manual_seed(seed)
        return cls(torch.randint(len(MOODS), (personas, len(SLOTS)), generator=chance))

    @property
    def personas(self) -> int:
        return len(self.moods)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """All words; a token is a place in it."""
        return (*_WORDS, *(f"P{i}" for i in range(self.personas)))

    def encode(self, text: str) -> list[int]:
        """Words with spaces between them to tokens. Raises KeyError for a word it does not know."""
        known = {word: i for i, word in enumerate(self.vocabulary)}
        strange = [word for word in text.split() if word not in known]
        if strange:
            raise KeyError(f"{strange[0]!r} is no word of this language: see language.vocabulary")
        return [known[word] for word in text.split()]

    def decode(self, tokens: Iterable[int]) -> str:
        """Tokens to words with spaces between them."""
        words = self.vocabulary
        return " ".join(words[int(token)] for token in tokens)

    def log_prob(self, y: str, mood: str) -> float:
        """The log-probability of an answer, such as 'bright0 and bright1 .', to a mood; nats."""
        words = y.split()
        if len(words) != ANSWER_LENGTH or (words[1], words[3]) != ("and", "."):
            return -math.inf
        share = dict(zip((f"{mood}{i}" for i in range(3)), FREQUENCIES, strict=True))
        return sum(math.log(share[w]) if w in share else -math.inf for w in (words[0], words[2]))

    # -- what theory says; all of it in nats a token of y, the unit of every loss here -----------

    @property
    def entropy(self) -> float:
        """The least cross-entropy for whoever knows the moods: of four tokens two are certain."""
        adverb = -sum(p * math.log(p) for p in FREQUENCIES)
        return ADVERBS_IN_ANSWER * adverb / ANSWER_LENGTH

    def information_floor(self, redrawn: int) -> float:
        """I(Y; C | C′, z): the least KL of a student whose c′ does not tell `redrawn` of the moods.

        Those are drawn anew for each example. The first adverb of an answer about one of them can
        only be guessed, which costs ln 4; it gives the mood away, so the second costs nothing.
        """
        if not 0 <= redrawn <= len(SLOTS):
            raise ValueError(f"{redrawn} redrawn of {len(SLOTS)} moods: choose 0 to {len(SLOTS)}")
        return redrawn / len(SLOTS) * math.log(len(MOODS)) / ANSWER_LENGTH
