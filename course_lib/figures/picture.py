"""A figure with words: what every drawing of the course is returned as."""

from __future__ import annotations

import base64
import io
import os
from dataclasses import dataclass
from html import escape

from matplotlib.figure import Figure

CSS_PIXELS_PER_INCH = 96
SHARPNESS = 1.5
"""Pixels of the image per pixel of the page, so that text stays crisp on a dense screen."""

IN_WORDS = "COURSE_FIGURES_IN_WORDS"
"""An environment variable. Where it is set, pictures are told and not drawn: nobody looks at those
of a notebook that is being graded, and drawing them takes longer than all the rest of it."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A Matplotlib figure and its description; notebooks show it as an <img> with alt text."""

    figure: Figure
    alt: str

    def png(self) -> bytes:
        """The image."""
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", dpi=CSS_PIXELS_PER_INCH * SHARPNESS)
        return buffer.getvalue()

    def _repr_html_(self) -> str:
        if os.environ.get(IN_WORDS):
            return f"<p><em>{escape(self.alt)}</em></p>"
        data = base64.b64encode(self.png()).decode()
        width = round(self.figure.get_figwidth() * CSS_PIXELS_PER_INCH)
        return (
            f'<img alt="{escape(self.alt, quote=True)}" width="{width}" '
            f'src="data:image/png;base64,{data}" '
            'style="max-width:100%;height:auto;background:white">'
        )

    def __repr__(self) -> str:
        return self.alt


@dataclass(frozen=True)
class Note:
    """Words in the place of a picture that cannot be drawn yet."""

    says: str

    def _repr_html_(self) -> str:
        return f"<p><em>{escape(self.says)}</em></p>"

    def __repr__(self) -> str:
        return self.says
