"""Badges are legible in notebooks with a white page and with a dark one."""

from __future__ import annotations

import pytest

from course_lib.badge import AMBER, GREEN, GREY, RED

WHITE, PAGES = (
    "#ffffff",
    ("#ffffff", "#1e1e1e", "#111111"),
)  # a page; Colab's and Jupyter's dark ones


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [GREEN, RED, AMBER, GREY])
def test_a_sign_stands_out_from_its_box_and_the_box_from_the_page(colour: str):
    assert contrast(WHITE, colour) >= 4.5
    assert min(contrast(page, colour) for page in PAGES) >= 3
