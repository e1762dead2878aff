"""Distributions side by side, and products that run into 0: drawn, and told in words."""

from __future__ import annotations

import pytest
import torch

from course_lib import figures
from course_lib.notation import Distribution

WORDS = ("sun", "rain")
DRY = Distribution(WORDS, (0.9, 0.1), "Pr^t(·|c,z)", r"\Pr^t(\cdot \mid c, z)")
WET = Distribution(WORDS, (0.25, 0.75), "Pr_θ₂^s(·|c′,z)", r"\Pr_{\theta_{2}}^s(\cdot \mid c', z)")


def test_each_panel_is_told_with_its_name_and_its_likeliest_outcome():
    picture = figures.side_by_side({"summer": DRY, "autumn": WET})
    assert "Bar charts of 2 distributions" in picture.alt
    assert "summer, Pr^t(·|c,z): sun 0.90, rain 0.10; likeliest sun." in picture.alt
    assert "autumn, Pr_θ₂^s(·|c′,z): sun 0.25, rain 0.75; likeliest rain." in picture.alt
    assert picture.png().startswith(b"\x89PNG")


def test_the_first_outcome_stands_on_top_and_the_likeliest_is_bold():
    axes = figures.side_by_side({"autumn": WET}).figure.axes[0]
    assert axes.yaxis_inverted()
    weights = {text.get_text(): text.get_fontweight() for text in axes.texts}
    assert weights == {"0.25": "normal", "0.75": "bold"}
    assert "summer" not in axes.get_title()
    assert axes.get_title().startswith("autumn\n$")


def test_distributions_over_different_outcomes_are_refused():
    other = Distribution(("sun", "snow"), (0.5, 0.5))
    with pytest.raises(ValueError, match="all over the same outcomes"):
        figures.side_by_side({"here": DRY, "there": other})
    with pytest.raises(ValueError, match="0 distributions: give one or more"):
        figures.side_by_side({})


def test_a_product_is_told_to_be_zero_where_floats_call_it_so():
    picture = figures.running_product(torch.full((400,), 0.5))
    assert "float32 product is 0 from token 150 on" in picture.alt  # 2^-149 is the least
    assert "float64 product is above 0 to the end" in picture.alt
    assert "to −120 at the end" in picture.alt  # 400 · log₁₀ 2
    marked = [text.get_text() for text in picture.figure.axes[0].texts]
    assert marked == ["float32: 0.0 from token 150 on"]
    assert picture.png().startswith(b"\x89PNG")


def test_the_lines_of_both_floats_agree_with_the_sum_of_logarithms():
    axes = figures.running_product(torch.full((20,), 0.1)).figure.axes[0]
    sums, *products = [line.get_ydata() for line in axes.lines]
    assert len(products) == 2
    for product in products:
        assert product == pytest.approx(sums, abs=1e-5)


def test_a_product_that_is_zero_at_once_can_be_drawn():
    picture = figures.running_product(torch.full((3,), 1e-50, dtype=torch.float64))
    assert "float32 product is 0 from token 1 on" in picture.alt
    assert picture.png().startswith(b"\x89PNG")
