"""Two sliders that shape a model over three outcomes, against models that are there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from course_lib.figures.comparison import comparison
from course_lib.figures.marks import Loss, marked
from course_lib.figures.outcomes import by_outcome
from course_lib.figures.style import names
from course_lib.figures.widget import bundle

YOURS = "yours"


class Contest:
    """A model of one's own beside its rivals: where its KL comes from, and who is nearest."""

    def __init__(
        self,
        target: Tensor,
        model: Tensor,
        rivals: Mapping[str, Tensor],
        losses: Mapping[str, Loss],
        words: Sequence[str] | None = None,
    ) -> None:
        everyone = {**rivals, YOURS: model}
        self._bars = by_outcome(target, marked(everyone)[-1:], words, terms="KL")
        self._verdicts = comparison(target, everyone, losses)

    def _repr_html_(self) -> str:
        return f"{self._bars._repr_html_()}<br>{self._verdicts._repr_html_()}"

    def __repr__(self) -> str:
        return f"{self._bars!r} {self._verdicts!r}"


class ModelSliders:
    """One slider for the first outcome, one for how the rest is shared; the contest under them.

    What cannot run widgets (a printed or exported notebook) shows the contest as it starts.
    """

    def __init__(
        self,
        target: Tensor,
        rivals: Mapping[str, Tensor],
        losses: Mapping[str, Loss],
        words: Sequence[str] | None,
        start: Tensor,
    ) -> None:
        import ipywidgets  # optional: without it there is the plain contest

        self._given = (rivals, losses, words)
        self._target, self._start = target, start
        first, second, _ = names(words, 3)
        p_first, p_second = start[0].item(), start[1].item()
        self.first, self.share = (
            ipywidgets.FloatSlider(
                value=round(value, 2), min=0.01, max=0.99, step=0.01, description=description,
                readout_format=".2f", continuous_update=False, style={"description_width": "12em"},
                layout=ipywidgets.Layout(width="min(36em, 95%)"),
            )
            for value, description in (
                (p_first, first), (p_second / (1 - p_first), f"{second}: share of the rest"),
            )
        )  # fmt: skip
        self.image = ipywidgets.HTML(self._contest()._repr_html_())
        for slider in (self.first, self.share):
            slider.observe(self._moved, names="value")
        self._box = ipywidgets.VBox([self.first, self.share, self.image])

    @property
    def model(self) -> Tensor:
        """The distribution that the sliders say, float64 [3]."""
        rest = 1 - self.first.value
        second = self.share.value * rest
        return torch.tensor([self.first.value, second, rest - second], dtype=torch.float64)

    def _contest(self) -> Contest:
        return Contest(self._target, self.model, *self._given)

    def _moved(self, change: Any) -> None:
        self.image.value = self._contest()._repr_html_()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return bundle(self._box, Contest(self._target, self._start, *self._given))


def model_sliders(
    target: Tensor,
    rivals: Mapping[str, Tensor],
    losses: Mapping[str, Loss],
    words: Sequence[str] | None = None,
    start: Sequence[float] = (0.7, 0.15, 0.15),
) -> ModelSliders | Contest:
    """Sliders for a model over three outcomes, compared with a target and up to two rivals.

    `target` and each rival are probabilities [3]; `losses` as in `comparison`; `start` is the first
    model. A plain `contest` where ipywidgets is missing.
    """
    model = torch.tensor(start, dtype=torch.float64)
    try:
        return ModelSliders(target, rivals, losses, words, model)
    except ImportError:
        return Contest(target, model, rivals, losses, words)


def contest(
    target: Tensor,
    model: Sequence[float] | Tensor,
    rivals: Mapping[str, Tensor],
    losses: Mapping[str, Loss],
    words: Sequence[str] | None = None,
) -> Contest:
    """The picture of `model_sliders` for one model [V], in code alone.

    Raises ValueError if the model is no distribution.
    """
    q = torch.as_tensor(model, dtype=torch.float64)
    if bool((q < 0).any()) or abs(q.sum().item() - 1) > 1e-6:
        raise ValueError(
            f"{q.tolist()} sums to {q.sum().item():.4g}: probabilities are not negative, and they "
            "sum to 1"
        )
    return Contest(target, q, rivals, losses, words)
