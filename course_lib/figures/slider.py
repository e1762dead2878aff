"""A slider that moves a distribution through its temperatures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from torch import Tensor

from course_lib.figures.distributions import temperature
from course_lib.figures.picture import Picture
from course_lib.figures.widget import bundle

COLDEST, HOTTEST, STEP = -3.0, 6.0, 0.25
"""The slider's range, in powers of 2: from T = 1/8 to T = 64."""


class TemperatureSlider:
    """A slider with the picture of `temperature` under it.

    What cannot run widgets (a printed or exported notebook) shows a row of temperatures instead.
    """

    def __init__(self, logits: Tensor, words: Sequence[str] | None, start: float) -> None:
        import ipywidgets  # optional: without it there is the plain picture

        self._logits, self._words = logits, words
        self.slider = ipywidgets.FloatLogSlider(
            value=start, base=2, min=COLDEST, max=HOTTEST, step=STEP,
            description="T", readout_format=".2f",
            layout=ipywidgets.Layout(width="min(30em, 95%)"),
        )  # fmt: skip
        self.image = ipywidgets.HTML(self._drawn(start))
        self.slider.observe(self._moved, names="value")
        self._box = ipywidgets.VBox([self.slider, self.image])

    def _drawn(self, T: float) -> str:
        return temperature(self._logits, T, self._words)._repr_html_()

    def _moved(self, change: Any) -> None:
        self.image.value = self._drawn(change["new"])

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return bundle(self._box, temperature(self._logits, words=self._words))


def temperature_slider(
    logits: Tensor, words: Sequence[str] | None = None, start: float = 1.0
) -> TemperatureSlider | Picture:
    """A slider for the temperature of a distribution; a plain picture where ipywidgets is missing.

    `logits` is [V], `words` names the V outcomes, `start` is the first temperature.
    """
    try:
        return TemperatureSlider(logits, words, start)
    except ImportError:
        return temperature(logits, words=words)
