"""What notebooks show where each output stands alone, as on Colab: no style but its own.

Colab puts an output into a frame, without a notebook's style sheet, on a white page or a dark one.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

pytestmark = [pytest.mark.browser, pytest.mark.long]

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*/*.ipynb"))
WIDTH = 700
THEMES = {"white": "color:#212121;background:#ffffff", "dark": "color:#e3e3e3;background:#1e1e1e"}


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def outputs(request, tmp_path_factory):
    """The HTML of each output of a solved notebook."""
    node = nbformat.read(request.param, as_version=4)
    folder = {"metadata": {"path": str(tmp_path_factory.mktemp("solved"))}}
    NotebookClient(node, timeout=120, resources=folder).execute()
    shown = [output for cell in node.cells for output in cell.get("outputs", ())]
    return [each.data["text/html"] for each in shown if "text/html" in each.get("data", {})]


@pytest.fixture(params=THEMES.values(), ids=THEMES)
def page(request, browser, outputs):
    page = browser.new_page(viewport={"width": WIDTH, "height": 900})
    frames = "".join(f"<section>{each}</section>" for each in outputs)
    page.set_content(f'<body style="font:14px sans-serif;{request.param}">{frames}</body>')
    yield page
    page.close()


def test_nothing_is_wider_than_the_frame(page):
    too_wide = (
        "all => all.filter(each => each.scrollWidth > each.clientWidth).map(e => e.innerText)"
    )
    assert page.locator("section").evaluate_all(too_wide) == []


def test_every_word_can_be_read(page, faint):
    words = page.locator("section :is(p, th, td, span, li, caption, summary)")
    assert words.count() > 10
    assert words.evaluate_all(faint) == []


def test_pictures_stand_on_white(page):
    grounds = page.locator("img").evaluate_all("all => all.map(e => e.style.background)")
    assert len(grounds) >= 2
    assert set(grounds) == {"white"}
