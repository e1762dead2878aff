"""Examples (c, z, y) for the teacher and (c′, z, y) for the student, with masks and alignment."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from course_lib.persona.language import (
    ADVERBS_IN_ANSWER,
    ANSWER_LENGTH,
    FIRST_ADVERB,
    FIRST_MOOD,
    FIRST_SLOT,
    FIRST_TAG,
    FREQUENCIES,
    ID,
    INPUT_LENGTH,
    MOODS,
    RULES_LENGTH,
    SLOTS,
    TAG_LENGTH,
    Language,
)
from course_lib.training.answers import Batch


@dataclass(frozen=True, eq=False)
class Examples:
    """B examples, as numbers; all int64.

    `moods` [B, 6] mood of each thing; `order` [B, 6] in which c lists them; `persona` [B] or None;
    `slot` [B] which thing z asks about; `adverbs` [B, 2] which of its mood's adverbs are said.
    """

    moods: Tensor
    order: Tensor
    persona: Tensor | None
    slot: Tensor
    adverbs: Tensor

    def __len__(self) -> int:
        return len(self.slot)

    @property
    def mood(self) -> Tensor:
        """Of the thing that z asks about, int64 [B]."""
        return self.moods.gather(1, self.slot[:, None])[:, 0]

    # -- the parts, as tokens int64 [B, ·] -------------------------------------------------------

    @property
    def c(self) -> Tensor:
        """The full context [B, 14]."""
        rules = torch.stack(
            [FIRST_SLOT + self.order, FIRST_MOOD + self.moods.gather(1, self.order)]
        )
        return torch.cat(
            [self._all("rules"), rules.permute(1, 2, 0).flatten(1), self._all(";")], dim=1
        )

    @property
    def c_prime(self) -> Tensor:
        """The simplified context [B, 3]. Raises ValueError where there are no personas."""
        if self.persona is None:
            raise ValueError(
                "these examples have rules but no personas, so there is no c′: take PersonaBatches"
            )
        tag = FIRST_TAG + self.persona[:, None]
        return torch.cat([self._all("persona"), tag, self._all(";")], dim=1)

    @property
    def z(self) -> Tensor:
        """The input [B, 3]."""
        return torch.cat(
            [self._all("the"), FIRST_SLOT + self.slot[:, None], self._all("is")], dim=1
        )

    @property
    def y(self) -> Tensor:
        """The answer [B, 4]."""
        said = FIRST_ADVERB + len(FREQUENCIES) * self.mood[:, None] + self.adverbs
        return torch.cat([said[:, :1], self._all("and"), said[:, 1:], self._all(".")], dim=1)

    def _all(self, word: str) -> Tensor:
        return torch.full((len(self), 1), ID[word])

    # -- what the models read --------------------------------------------------------------------

    def for_teacher(self) -> tuple[Tensor, Tensor]:
        """Tokens of c z y, int64 [B, 21], and their answer mask, bool [B, 21]."""
        return _with_mask(self.c, self.z, self.y)

    def for_student(self) -> tuple[Tensor, Tensor]:
        """Tokens of c′ z y, int64 [B, 10], and their answer mask, bool [B, 10]."""
        return _with_mask(self.c_prime, self.z, self.y)

    def batch(self) -> Batch:
        """Both, as training takes them. Without personas the student reads c too."""
        xt, mt = self.for_teacher()
        xs, ms = self.for_student() if self.persona is not None else (xt, mt)
        return {"xt": xt, "mt": mt, "xs": xs, "ms": ms}


ALIGNMENT = tuple(
    (RULES_LENGTH + INPUT_LENGTH - 1 + i, TAG_LENGTH + INPUT_LENGTH - 1 + i)
    for i in range(ANSWER_LENGTH)
)
"""For each answer token: the teacher's and the student's position whose logits predict it."""


def _with_mask(*parts: Tensor) -> tuple[Tensor, Tensor]:
    tokens = torch.cat(parts, dim=1)
    mask = torch.zeros_like(tokens, dtype=torch.bool)
    mask[:, -parts[-1].shape[1] :] = True
    return tokens, mask


def _ask(chance: torch.Generator, moods: Tensor, persona: Tensor | None) -> Examples:
    """Examples about given moods [B, 6]: an order, a question and an answer for each."""
    B = len(moods)
    said = torch.multinomial(
        torch.tensor(FREQUENCIES), B * ADVERBS_IN_ANSWER, replacement=True, generator=chance
    )
    return Examples(
        moods=moods,
        order=torch.rand(B, len(SLOTS), generator=chance).argsort(1),
        persona=persona,
        slot=torch.randint(len(SLOTS), (B,), generator=chance),
        adverbs=said.view(B, ADVERBS_IN_ANSWER),
    )


# -- endless batches: number n is the same whenever it is asked for ----------------------------


def _chance(seed: int, n: int) -> torch.Generator:
    return torch.Generator().manual_seed(1_000_003 * seed + n)


@dataclass(frozen=True)
class RuleBatches:
    """Batches without personas, every mood drawn anew: what the teacher learns to read rules from.

    Number n holds `size` examples and depends on `seed` and n alone.
    """

    size: int = 128
    seed: int = 0

    def __getitem__(self, n: int) -> Batch:
        return self.examples(n).batch()

    def examples(self, n: int) -> Examples:
        """The examples of batch n."""
        chance = _chance(self.seed, n)
        moods = torch.randint(len(MOODS), (self.size, len(SLOTS)), generator=chance)
        return _ask(chance, moods, None)


@dataclass(frozen=True)
class PersonaBatches:
    """Batches of a language's personas: c in full for the teacher, the tag for the student.

    Number n holds `size` examples and depends on `seed` and n alone. The moods of the first
    `redrawn` things are drawn anew for each example: c tells them, the tag cannot.
    """

    language: Language
    size: int = 64
    seed: int = 0
    redrawn: int = 0

    def __getitem__(self, n: int) -> Batch:
        return self.examples(n).batch()

    def examples(self, n: int) -> Examples:
        """The examples of batch n."""
        chance = _chance(self.seed, n)
        persona = torch.randint(self.language.personas, (self.size,), generator=chance)
        moods = self.language.moods[persona].clone()
        moods[:, : self.redrawn] = torch.randint(
            len(MOODS), (self.size, self.redrawn), generator=chance
        )
        return _ask(chance, moods, persona)
