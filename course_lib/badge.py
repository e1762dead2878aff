"""A sign in a coloured box, which can be read on a white page and on a dark one.

No colour of text has a contrast of 4.5:1 on both. A box has 3:1 on both, and its sign, in white,
4.5:1 within it.
"""

from __future__ import annotations

# Okabe and Ito's bluish green, vermillion and orange, darkened; and a grey.
GREEN, RED, AMBER, GREY = "#00805f", "#bd5200", "#966900", "#727272"


def badge(sign: str, colour: str) -> str:
    """The sign as HTML; words beside it say the same, as colour must not be the only sign."""
    return f'<span style="background:{colour};color:white;padding:0 4px">{sign}</span>'
