"""Every notebook in JupyterLab, in a real browser: as students get it, and solved.

One, solved, is looked at with the ordinary tests; the others are slow.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = pytest.mark.browser

NAMES = [file.stem for file in sorted((Path(__file__).parents[2] / "notebooks").glob("*/*.ipynb"))]
QUICK = ("02_distillation_loss", "solved")
COPIES = [
    pytest.param((name, form), id=f"{name}-{form}",
                 marks=() if (name, form) == QUICK else pytest.mark.long)
    for name in NAMES for form in ("released", "solved")
]  # fmt: skip

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 800, "height": 1000}

TOO_WIDE = """() => {
  const room = document.querySelector('.jp-Notebook').getBoundingClientRect().right;
  const outputs = '.jp-RenderedHTML, .jp-OutputArea-output img';
  const all = `.jp-WindowedPanel-outer, .jp-RenderedMarkdown, ${outputs}`;
  return [...document.querySelectorAll(all)].filter(each =>
    each.scrollWidth > each.clientWidth + 1 || each.getBoundingClientRect().right > room + 1
  ).map(each => `${each.className || each.tagName}: ${(each.alt || each.innerText).slice(0, 80)}`);
}"""


@pytest.fixture(scope="module", params=COPIES)
def copy(request):
    return request.param


@pytest.fixture(scope="module")
def page(copy, run_all):
    """The copy, run from top to bottom."""
    name, form = copy
    page = run_all(f"{form}/{name}.ipynb", WIDE)
    yield page
    page.close()


def cell_with(page, code: str):
    return page.locator(".jp-CodeCell").filter(has_text=code)


def test_it_runs_to_the_last_cell_without_an_error(page, copy, error_outputs):
    assert page.locator(error_outputs).all_inner_texts() == []
    progress = page.locator(".jp-Notebook .jp-Cell").last.inner_text()
    assert re.search(r"\b(\d+) of \1 done" if copy[1] == "solved" else r"\b0 of \d+ done", progress)


def test_formulas_are_set_in_the_text_and_in_questions(page):
    assert page.locator(".jp-MarkdownCell mjx-container").count() > 15
    assert page.locator("mjx-merror").count() == 0
    text = page.locator(".jp-RenderedMarkdown").all_inner_texts()
    assert [each for each in text if "$" in each] == []


def test_pictures_are_shown_and_have_alternative_text(page):
    images = page.locator(".jp-OutputArea img")
    assert images.count() >= 2
    for image in images.all():
        assert len(image.get_attribute("alt")) > 60
        assert image.evaluate("each => each.naturalWidth > 0")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_is_cut_off_or_has_to_be_scrolled_sideways(page, size, tmp_path):
    page.set_viewport_size(size)
    page.wait_for_timeout(500)
    assert page.evaluate(TOO_WIDE) == []
    page.screenshot(path=tmp_path / "notebook.png")  # to be looked at: pytest keeps the last three
    page.set_viewport_size(WIDE)


def test_tables_are_legible(page, faint):
    cells = page.locator(".jp-OutputArea-output table :is(th, td, span)")
    assert cells.count() >= 1
    assert cells.evaluate_all(faint) == []


def test_the_contents_lead_to_their_sections(page):
    links = page.locator(".jp-MarkdownCell").first.locator("ol a")
    for link in (links.nth(0), links.last):
        link.click()
        heading = page.get_by_role("heading", name=link.inner_text())
        playwright.expect(heading).to_be_in_viewport()


# -- sliders: found wherever there are some --------------------------------------------------


def sliders(page):
    """Each slider with the picture that it moves, the first in its output."""
    outputs = page.locator(".jp-OutputArea-output").filter(has=page.get_by_role("slider"))
    return [
        (handle, output.locator("img").first)
        for output in outputs.all()
        for handle in output.get_by_role("slider").all()
    ]


def test_sliders_redraw_their_picture_and_its_words_from_the_keyboard(page, copy):
    found = sliders(page)
    assert bool(found) == (copy[0] in ("01_distances", "02_distillation_loss"))
    for handle, image in found:
        before = {name: image.get_attribute(name) for name in ("src", "alt")}
        handle.focus()
        handle.press("ArrowRight")
        for name, value in before.items():
            playwright.expect(image).not_to_have_attribute(name, value)


def test_the_temperature_slider_goes_where_it_is_clicked(page, copy):
    if copy[0] != "02_distillation_loss":
        pytest.skip("the temperature slider is in notebook 02")
    output = cell_with(page, "temperature_slider").locator(".jp-OutputArea-output")
    box = output.locator(".noUi-base").bounding_box()
    page.mouse.click(box["x"] + 0.999 * box["width"], box["y"] + box["height"] / 2)
    playwright.expect(output.locator("img")).to_have_attribute("alt", re.compile(r"T = 64:"))
