"""The notebook in JupyterLab, in a real browser: formulas, figures, the slider, the contents."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
]

NAME = "02_distillation_loss.ipynb"
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "02_distillation_loss" / NAME

QUIET_CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # keeps all cells in the page
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}

ERRORS = ".jp-OutputArea-output:is([data-mime-type*=error], [data-mime-type*=stderr])"

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 820, "height": 1100}


def write_settings(folder: Path) -> None:
    for name, values in SETTINGS.items():
        file = folder / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"JupyterLab did not answer in a minute: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab that serves a copy of the notebook."""
    home = tmp_path_factory.mktemp("lab")
    (home / "work").mkdir()
    shutil.copy(NOTEBOOK, home / "work")
    write_settings(home / "settings")
    port, log = free_port(), home / "log.txt"
    folders = {
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *(f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token="),
        f"--ServerApp.root_dir={home / 'work'}",
    ]
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            command, env=os.environ | folders, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/api/status", server, log)
        yield f"http://127.0.0.1:{port}/lab/tree/{NAME}?reset"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def page(lab, tmp_path_factory):
    """The notebook, opened and run from top to bottom."""
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET_CHROMIUM)
        page = browser.new_page(viewport=WIDE)
        page.set_default_timeout(90_000)  # patience, for a machine that others use too
        page.goto(lab)
        # the status bar names a kernel only when there is one; Run All before that may ask for it
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.keyboard.press("Control+b")  # no side bar: the notebook as wide as the window
        page.get_by_role("menuitem", name="Run").click()
        page.get_by_text("Run All Cells", exact=True).click()
        finished = page.locator(".jp-Notebook .jp-Cell").last.locator(".jp-OutputArea-output table")
        try:
            finished.or_(page.locator(ERRORS)).first.wait_for()
        except playwright.TimeoutError:
            page.screenshot(path=tmp_path_factory.mktemp("stuck") / "page.png")
            raise
        yield page
        browser.close()


def cell_with(page, code: str):
    return page.locator(".jp-CodeCell").filter(has_text=code)


def test_it_runs_to_the_last_cell_without_an_error(page):
    assert page.locator(ERRORS).all_inner_texts() == []
    assert "6 of 6 done" in page.locator(".jp-Notebook .jp-Cell").last.inner_text()


def test_formulas_are_set_in_the_text_and_in_questions(page):
    assert page.locator(".jp-MarkdownCell mjx-container").count() > 80
    assert page.locator("mjx-merror").count() == 0
    text = page.locator(".jp-RenderedMarkdown").all_inner_texts()
    assert [each for each in text if "$" in each] == []


def test_figures_are_as_wide_as_they_may_be_and_have_alternative_text(page):
    images = page.locator(".jp-OutputArea img")
    assert images.count() >= 5
    for image in images.all():
        assert len(image.get_attribute("alt")) > 60
        assert image.evaluate("each => each.naturalWidth > 0")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_is_cut_off(page, size, tmp_path):
    page.set_viewport_size(size)
    page.wait_for_timeout(500)
    for place, shown in enumerate(page.locator(".jp-RenderedMarkdown, .jp-OutputArea img").all()):
        assert shown.evaluate("each => each.scrollWidth <= each.clientWidth + 1"), place
        room = page.locator(".jp-Notebook").first.bounding_box()
        box = shown.bounding_box()
        assert box["x"] + box["width"] <= room["x"] + room["width"] + 1, place
    page.screenshot(path=tmp_path / "notebook.png")  # to be looked at: pytest keeps the last three
    page.set_viewport_size(WIDE)


def test_the_slider_moves_the_picture_from_the_keyboard_too(page):
    output = cell_with(page, "temperature_slider").locator(".jp-OutputArea-output")
    image, handle = output.locator("img"), output.get_by_role("slider")
    before = image.get_attribute("src")
    handle.focus()
    handle.press("ArrowRight")
    playwright.expect(image).not_to_have_attribute("src", before)
    playwright.expect(image).to_have_attribute("alt", matches_temperature("1.19"))
    box = output.locator(".noUi-base").bounding_box()
    page.mouse.click(box["x"] + 0.999 * box["width"], box["y"] + box["height"] / 2)
    playwright.expect(image).to_have_attribute("alt", matches_temperature("64"))


def matches_temperature(T: str):
    return re.compile(rf"T = {re.escape(T)}:")


def test_the_contents_lead_to_their_sections(page):
    page.get_by_role("link", name="Summary card").click()
    heading = page.get_by_role("heading", name="9 Summary card")
    playwright.expect(heading).to_be_in_viewport()
