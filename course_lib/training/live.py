"""A bar and a curve that move while a model learns."""

from __future__ import annotations

import time
from collections.abc import Sequence
from html import escape
from typing import Any, Protocol

from course_lib.figures.style import number
from course_lib.figures.training import training_curve
from course_lib.training.run import Mark, kl_by_step

BAR_SECONDS, CURVE_SECONDS = 0.25, 2.0
"""So long a display is left as it is: a bar costs nothing, a curve a tenth of a second."""
CURVE_SHARE = 0.05
"""Of the time, at most, that curves may take: on a busy machine they are drawn less often."""


class View(Protocol):
    """Where a run is shown."""

    def show(
        self, step: int, losses: Sequence[float], marks: Sequence[Mark], last: bool = False
    ) -> None:
        """Show how far it has come; `last` says that nothing more will."""


class Silent:
    """Shows nothing."""

    def show(
        self, step: int, losses: Sequence[float], marks: Sequence[Mark], last: bool = False
    ) -> None:
        """Show nothing."""


class Live:
    """One output in a notebook that is replaced as a run goes on."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._handle: Any = None
        self._curve = ""
        self._bar_at = -BAR_SECONDS
        self._next_curve = 0.0

    def show(
        self, step: int, losses: Sequence[float], marks: Sequence[Mark], last: bool = False
    ) -> None:
        """Draw the bar four times a second at most, the curve every two s; the end in any case."""
        now = time.monotonic()
        if (losses or len(marks) > 1) and (last or now >= self._next_curve):
            self._curve = training_curve(losses, kl_by_step(list(marks)))._repr_html_()
            took = time.monotonic() - now
            self._next_curve = now + max(CURVE_SECONDS, took / CURVE_SHARE)
        elif now - self._bar_at < BAR_SECONDS:
            return
        self._bar_at = now
        self._replace(bar(step, self._steps, losses, marks, last) + self._curve)

    def _replace(self, html: str) -> None:
        from IPython.display import HTML, display  # slow to import, and only wanted in a notebook

        if self._handle is None:
            self._handle = display(HTML(html), display_id=True)
        else:
            self._handle.update(HTML(html))


def bar(
    done: int, steps: int, losses: Sequence[float], marks: Sequence[Mark], last: bool = False
) -> str:
    """A progress bar in HTML, with the same in words."""
    words = f"step {done} of {steps}" + (", done" if last else "")
    if losses:
        words += f"; loss {number(losses[-1])}"
    if marks:
        seen = marks[-1].scores
        words += f"; KL {number(seen.kl)} nats a token, agreement {seen.agreement:.0%}"
    return (
        f'<p><progress value="{done}" max="{steps}" aria-label="training"></progress> '
        f"{escape(words)}</p>"
    )


def view(live: bool, steps: int) -> View:
    """A live one inside a notebook; otherwise, or if it is not wanted, a silent one."""
    if not live:
        return Silent()
    try:
        from IPython import get_ipython
    except ImportError:
        return Silent()
    return Live(steps) if get_ipython() is not None else Silent()
