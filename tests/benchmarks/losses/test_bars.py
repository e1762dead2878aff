"""What the benchmark of the losses says of its figures, and where it writes them."""

import pytest
import torch

from benchmarks.losses import page
from benchmarks.losses.bars import Race, verdict
from benchmarks.losses.clock import Times
from benchmarks.losses.contestants import (
    FLOOR,
    LIGER,
    LIGER_COMPILED,
    OURS,
    PLAIN,
    floor,
    plain,
)
from benchmarks.losses.memory import Peak
from benchmarks.losses.problem import Shape, draw

SECONDS = {
    FLOOR: [1.0, 2.0, 1.0],
    OURS.name: [1.1, 2.2, 1.3],
    PLAIN.name: [4.0, 4.0, 4.0],
    LIGER.name: [3.0, 3.0, 3.0],
    LIGER_COMPILED.name: [2.2, 2.2, 2.2],
}
MEGABYTES = {
    FLOOR: 100,
    OURS.name: 150,
    PLAIN.name: 1500,
    LIGER.name: 900,
    LIGER_COMPILED.name: 600,
}


def race(**megabytes):
    peaks = {name: Peak(2 * mb, mb) for name, mb in {**MEGABYTES, **megabytes}.items()}
    return Race("jsd", 1.0, Times(SECONDS), peaks)


def test_ratios_are_medians_of_ratios_within_a_round():
    times = Times(SECONDS)
    assert times.ratio(OURS.name, FLOOR) == pytest.approx(1.1)
    assert times.median(OURS.name) == 1.3


def test_the_best_peer_is_the_fastest_that_is_neither_ours_nor_the_products():
    assert race().best_peer == LIGER_COMPILED.name


def test_the_verdict_has_every_figure_and_what_is_missed():
    line, met = verdict([race()])
    assert met
    assert line.startswith("bars met: jsd: 0.10 of plain torch's memory, 0.25 of Liger's memory")
    line, met = verdict([race(), race(**{LIGER_COMPILED.name: 300})])
    assert not met
    assert line.startswith("BARS MISSED: ")
    assert line.count("MISSED, at most") == 1
    assert "0.50 of Liger's memory (MISSED, at most 0.33)" in line


def test_the_table_says_what_it_was_measured_on_and_has_a_line_for_everybody():
    title, _, head, _, *lines = race().table().splitlines()
    assert f"torch {torch.__version__}" in title
    assert title.endswith("3 rounds.")
    assert [line.split(" | ")[0] for line in lines] == [f"| {name}" for name in MEGABYTES]
    assert {line.count("|") for line in lines} == {head.count("|")}


def test_a_table_replaces_the_one_between_its_marks_and_nothing_else(tmp_path):
    document = tmp_path / "page.md"
    one, two = (f"<!-- {x} -->\nold {x}\n<!-- end of {x} -->\n\n" for x in ("one", "two"))
    text = f"Before.\n\n{one}Between.\n{two}"
    document.write_text(text)
    page.write({"one": "new\ntable"}, document)
    assert document.read_text() == text.replace("old one", "new\ntable")


@pytest.mark.parametrize(
    "name",
    ["forward_kl", "jsd", "accuracy", "edges", "scaling", "gpu"],
)
def test_the_page_has_a_place_for_every_part(name):
    text = page.DOCUMENT.read_text(encoding="utf-8")
    assert text.count(f"<!-- {name} -->") == text.count(f"<!-- end of {name} -->") == 1


@pytest.mark.parametrize("name", ["forward_kl", "reverse_kl", "jsd", "skew_kl", "total_variation"])
def test_ours_and_plain_torch_compute_the_same(name):
    problem = draw(Shape(N=6, d_s=3, d_t=4, V=11), name, 1.5, dtype=torch.float64, ignored=0.4)
    torch.testing.assert_close(OURS.loss(problem), plain(problem))


def test_the_products_alone_are_those_of_a_gradient():
    problem = draw(Shape(N=300, d_s=3, d_t=4, V=11))  # in two chunks, one of them uneven
    hidden, weight = problem.student.hidden.detach(), problem.student.weight.detach()
    logits = hidden @ weight.t()
    for found, right in zip(floor(problem), (logits @ weight, logits.t() @ hidden), strict=True):
        torch.testing.assert_close(found, right)
