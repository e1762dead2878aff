"""The notation of the course as objects: contexts, input, weights, and Pr^t(·|c,z), Pr_θ^s(·|c′,z).

Everything here is small and immutable, prints as it is written in print, and refuses nonsense with
an error that says what the notation means. The formula is that of Xiao and Zhu, *Foundations of
Large Language Models* (arXiv 2501.09223), section 3.3: Loss(Pr^t(·|c,z), Pr_θ^s(·|c′,z)).

>>> c, c_prime = Context("Answer as a cheerful reporter."), Simplified("cheerful")
>>> z = Input("The sun is")
>>> teacher = Teacher(lambda context, prefix: [0.7, 0.2, 0.1], ["bright", "warm", "dark"])
>>> P_t = teacher(c, z)
>>> P_t
Pr^t(·|c,z): bright 0.7, warm 0.2, dark 0.1
>>> P_t["warm"]
0.2
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, ClassVar

import torch

from course_lib.losses import reference

SUM_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Given:
    """Something that stands to the right of the bar: it is given, not predicted."""

    text: str
    symbol: ClassVar[str] = "x"

    def __str__(self) -> str:
        return self.symbol

    def _repr_latex_(self) -> str:
        return f"${self.latex}$"

    @property
    def latex(self) -> str:
        return self.symbol.replace("′", "'")


@dataclass(frozen=True)
class Context(Given):
    """c, the full context: instruction, demonstrations, rules."""

    symbol: ClassVar[str] = "c"


@dataclass(frozen=True)
class Simplified(Given):
    """c′, the simplified context: less, or nothing at all."""

    symbol: ClassVar[str] = "c′"


@dataclass(frozen=True)
class Input(Given):
    """z, the user's input. Given too: it is not summed out."""

    symbol: ClassVar[str] = "z"


@dataclass(frozen=True)
class Weights:
    """θ, the numbers that training moves; `index` tells two settings apart (θ₁, θ₂)."""

    values: Any = field(repr=False)
    index: int | None = None

    def __str__(self) -> str:
        return "θ" + ("" if self.index is None else str(self.index).translate(_SUBSCRIPTS))

    @property
    def latex(self) -> str:
        return r"\theta" + ("" if self.index is None else f"_{{{self.index}}}")

    def _repr_latex_(self) -> str:
        return f"${self.latex}$"


_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Distribution:
    """Pr(·|…): a probability for every outcome, in the order of the vocabulary.

    `name` and `latex` are how it is written. Raises ValueError if the probabilities are no
    distribution.
    """

    outcomes: tuple[str, ...]
    probabilities: tuple[float, ...]
    name: str = "Pr(·)"
    latex: str = r"\Pr(\cdot)"

    def __post_init__(self) -> None:
        if len(self.outcomes) != len(self.probabilities):
            raise ValueError(
                f"{len(self.probabilities)} probabilities for {len(self.outcomes)} outcomes: "
                "a distribution gives one to each"
            )
        if len(set(self.outcomes)) != len(self.outcomes):
            raise ValueError("an outcome is there twice: each has one probability")
        wrong = [p for p in self.probabilities if not 0 <= p <= 1]
        if wrong:
            raise ValueError(f"{wrong[0]:.4g} is no probability: each lies between 0 and 1")
        total = math.fsum(self.probabilities)
        if abs(total - 1) > SUM_TOLERANCE:
            raise ValueError(
                f"the probabilities sum to {total:.6g}, not to 1: "
                "divide by the sum, or apply softmax to logits"
            )

    def __getitem__(self, outcome: str) -> float:
        """Pr(outcome|…), one number."""
        if outcome not in self.outcomes:
            raise KeyError(f"{outcome!r} is not in the vocabulary {', '.join(self.outcomes)}")
        return self.probabilities[self.outcomes.index(outcome)]

    @property
    def tensor(self) -> torch.Tensor:
        """The probabilities as a float64 tensor [V]."""
        return torch.tensor(self.probabilities, dtype=torch.float64)

    @property
    def likeliest(self) -> str:
        """The outcome with the largest probability; the first of them if several tie."""
        return self.outcomes[self.probabilities.index(max(self.probabilities))]

    def sample(self, n: int = 1, *, seed: int) -> tuple[str, ...]:
        """Draw n outcomes; the same seed gives the same draws."""
        return self._draw(n, torch.Generator().manual_seed(seed))

    def _draw(self, n: int, generator: torch.Generator) -> tuple[str, ...]:
        drawn = torch.multinomial(self.tensor, n, replacement=True, generator=generator)
        return tuple(self.outcomes[int(i)] for i in drawn)

    def __repr__(self) -> str:
        return f"{self.name}: " + ", ".join(
            f"{outcome} {p:.3g}"
            for outcome, p in zip(self.outcomes, self.probabilities, strict=True)
        )

    def _repr_latex_(self) -> str:
        return f"${self.latex}$"

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><td style="text-align:right">{escape(outcome)}</td>'
            f'<td style="text-align:left;width:16em"><div style="background:#0072b2;'
            f'height:0.9em;width:{100 * p:.1f}%"></div></td><td>{p:.3f}</td></tr>'
            for outcome, p in zip(self.outcomes, self.probabilities, strict=True)
        )
        return (
            f'<table role="img" aria-label="Bar chart. {escape(repr(self), quote=True)}">'
            f'<caption style="text-align:left">{escape(self.name)}</caption>{rows}</table>'
        )


NextProbabilities = Callable[[str, tuple[str, ...]], Sequence[float]]
"""Maps a context's text and the tokens so far (input, then answer) to a probability a token."""


@dataclass(frozen=True)
class Teacher:
    """Pr^t(·|·): a conditional distribution as a function of a full context and an input.

    `predict(context, prefix)` gives the probabilities of the next token, one for each entry of
    `vocabulary`. The teacher has weights too, but they are fixed, so no θ is written.
    """

    predict: NextProbabilities
    vocabulary: Sequence[str]
    theta: None = None

    def __post_init__(self) -> None:
        if self.theta is not None:
            raise TypeError(
                "the teacher gets no θ: its weights are fixed, training does not move them, and so "
                "the notation Pr^t(·|c,z) does not write them. θ belongs to the student"
            )
        object.__setattr__(self, "vocabulary", tuple(self.vocabulary))

    def __call__(self, c: Context, z: Input, answer: Sequence[str] = ()) -> Distribution:
        """Pr^t(·|c,z), or after some tokens of the answer Pr^t(·|c,z,y_<i)."""
        _expect(c, Context, "the teacher sees the full context c", "teacher(c, z)")
        _expect(z, Input, "the second argument is the user's input z", "teacher(c, z)")
        return _distribution(self, c, z, answer, "Pr^t", r"\Pr^t")

    def log_prob(self, y: Sequence[str], c: Context, z: Input) -> float:
        """The log-probability log Pr^t(y|c,z) in nats, by the chain rule."""
        return _log_prob(lambda prefix: self(c, z, prefix), y)

    def sample(self, c: Context, z: Input, length: int, *, seed: int) -> tuple[str, ...]:
        """Draw an answer of `length` tokens, token by token."""
        return _sample(lambda prefix: self(c, z, prefix), length, seed)


@dataclass(frozen=True)
class Student:
    """Pr_θ^s(·|·): a conditional distribution as a function of a simplified context and an input.

    `predict(theta, context, prefix)` gives the probabilities of the next token under weights
    `theta.values`. `student.at(theta)` is the same student with other weights.
    """

    predict: Callable[[Any, str, tuple[str, ...]], Sequence[float]]
    vocabulary: Sequence[str]
    theta: Weights

    def __post_init__(self) -> None:
        if not isinstance(self.theta, Weights):
            raise TypeError(
                f"θ is {type(self.theta).__name__}: give Weights(...). A student without weights "
                "has nothing that training could move"
            )
        object.__setattr__(self, "vocabulary", tuple(self.vocabulary))

    def at(self, theta: Weights) -> Student:
        """Give the same student with other weights."""
        return Student(self.predict, self.vocabulary, theta)

    def __call__(self, c: Simplified, z: Input, answer: Sequence[str] = ()) -> Distribution:
        """Pr_θ^s(·|c′,z), or after some tokens of the answer Pr_θ^s(·|c′,z,y_<i)."""
        _expect(c, Simplified, "the student sees only the simplified context c′", "student(c′, z)")
        _expect(z, Input, "the second argument is the user's input z", "student(c′, z)")
        with_theta = Teacher(
            lambda context, prefix: self.predict(self.theta.values, context, prefix),
            self.vocabulary,
        )
        latex = rf"\Pr_{{{self.theta.latex}}}^s"
        return _distribution(with_theta, c, z, answer, f"Pr_{self.theta}^s", latex)

    def log_prob(self, y: Sequence[str], c: Simplified, z: Input) -> float:
        """The log-probability log Pr_θ^s(y|c′,z) in nats, by the chain rule."""
        return _log_prob(lambda prefix: self(c, z, prefix), y)

    def sample(self, c: Simplified, z: Input, length: int, *, seed: int) -> tuple[str, ...]:
        """Draw an answer of `length` tokens, token by token."""
        return _sample(lambda prefix: self(c, z, prefix), length, seed)


def loss(
    P_t: Distribution,
    P_s: Distribution,
    divergence: Callable[[torch.Tensor, torch.Tensor], torch.Tensor] = reference.kl,
) -> float:
    """Loss(Pr^t(·|c,z), Pr_θ^s(·|c′,z)) on one input, by a divergence of two tensors [V].

    Raises ValueError if the two are over different vocabularies: there is then no outcome by
    outcome to compare.
    """
    if P_t.outcomes != P_s.outcomes:
        only_t = [o for o in P_t.outcomes if o not in P_s.outcomes]
        only_s = [o for o in P_s.outcomes if o not in P_t.outcomes]
        detail = f"only in the first: {only_t}; only in the second: {only_s}"
        if not only_t and not only_s:
            detail = "they have the same outcomes in another order"
        raise ValueError(
            f"{P_t.name} and {P_s.name} are over different vocabularies ({detail}): "
            "a loss compares them outcome by outcome"
        )
    return float(divergence(P_t.tensor, P_s.tensor))


def _expect(value: Any, kind: type[Given], says: str, form: str) -> None:
    if not isinstance(value, kind):
        raise TypeError(f"{says}, and this is {type(value).__name__}: write {form}")


def _distribution(
    model: Teacher, c: Given, z: Input, answer: Sequence[str], name: str, latex: str
) -> Distribution:
    probabilities = model.predict(c.text, (z.text, *answer))
    given = f"{c},{z}{_tokens(len(answer))}"
    written = f"{c.latex}, {z.latex}" + (rf", y_{{\leq {len(answer)}}}" if answer else "")
    return Distribution(
        tuple(model.vocabulary),
        tuple(float(p) for p in probabilities),
        f"{name}(·|{given})",
        rf"{latex}(\cdot \mid {written})",
    )


def _tokens(count: int) -> str:
    """How the answer so far is written: nothing, ,y₁ or ,y₁…y₅."""
    last = f"y{str(count).translate(_SUBSCRIPTS)}"
    return "" if count == 0 else ",y₁" if count == 1 else f",y₁…{last}"


def _log_prob(after: Callable[[tuple[str, ...]], Distribution], y: Sequence[str]) -> float:
    total = 0.0
    for i, token in enumerate(y):
        p = after(tuple(y[:i]))[token]
        total += math.log(p) if p > 0 else -math.inf
    return total


def _sample(
    after: Callable[[tuple[str, ...]], Distribution], length: int, seed: int
) -> tuple[str, ...]:
    generator = torch.Generator().manual_seed(seed)
    answer: tuple[str, ...] = ()
    for _ in range(length):
        answer += after(answer)._draw(1, generator)
    return answer
