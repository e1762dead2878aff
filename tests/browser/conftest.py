"""A JupyterLab that serves every notebook, as released and solved, and a browser to look on."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest
from nbgrader.preprocessors import ClearSolutions

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CHROMIUM = Path("/usr/bin/chromium")

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

FAINT = """elements => elements.map(each => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const luminance = colour => {
    const linear = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const [red, green, blue] = colour.map(linear);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const background = element => {
    if (!element) return [255, 255, 255];
    const colour = numbers(getComputedStyle(element).backgroundColor);
    return colour[3] === 0 ? background(element.parentElement) : colour;
  };
  const style = getComputedStyle(each);
  const pair = [luminance(numbers(style.color)), luminance(background(each))];
  const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  return {text: each.innerText, contrast, size: parseFloat(style.fontSize)};
}).filter(each => !(each.contrast >= 4.5 && each.size >= 11))"""

ERRORS = ".jp-OutputArea-output:is([data-mime-type*=error], [data-mime-type*=stderr])"


def write_settings(folder: Path) -> None:
    for name, values in SETTINGS.items():
        file = folder / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")


def write_notebooks(folder: Path) -> None:
    """Each notebook twice, in folders of its own: `released/02_….ipynb` and `solved/02_….ipynb`."""
    stub = ClearSolutions(code_stub={"python": "..."})
    for file in sorted(NOTEBOOKS.glob("*/*.ipynb")):
        for form in ("released", "solved"):
            node = nbformat.read(file, as_version=4)
            if form == "released":
                node, _ = stub.preprocess(node, {})
            (folder / form).mkdir(parents=True, exist_ok=True)
            nbformat.write(node, folder / form / file.name)


@pytest.fixture(scope="session")
def faint() -> str:
    """A script that tells which of some elements are hard to read: too small, or too pale."""
    return FAINT


@pytest.fixture(scope="session")
def error_outputs() -> str:
    """A selector for what a cell says when it goes wrong."""
    return ERRORS


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


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The address of a JupyterLab that serves copies of the notebooks."""
    home = tmp_path_factory.mktemp("lab")
    write_notebooks(home / "work")
    write_settings(home / "settings")
    port, log = free_port(), home / "log.txt"
    folders = {
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *(f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token="),
        "--ServerApp.disable_check_xsrf=True",  # for `shut_down_kernels`
        f"--ServerApp.root_dir={home / 'work'}",
    ]
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            command, env=os.environ | folders, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/api/status", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def browser():
    """Chromium, or a skipped test where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET_CHROMIUM)
        yield browser
        browser.close()


def shut_down_kernels(lab: str) -> None:
    with urllib.request.urlopen(f"{lab}/api/kernels") as answer:
        kernels = json.load(answer)
    for kernel in kernels:
        request = urllib.request.Request(f"{lab}/api/kernels/{kernel['id']}", method="DELETE")
        urllib.request.urlopen(request).close()


@pytest.fixture(scope="session")
def run_all(browser, lab, tmp_path_factory):
    """A function that opens a notebook, runs it from top to bottom, and gives the page."""

    def opened(path: str, viewport: dict[str, int]):
        page = browser.new_page(viewport=viewport)
        page.set_default_timeout(90_000)  # patience, for a machine that others use too
        page.goto(f"{lab}/lab/tree/{path}?reset")
        # the status bar names a kernel only when there is one; Run All before that may ask for it
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.keyboard.press("Control+b")  # no side bar: the notebook as wide as the window
        page.get_by_role("menuitem", name="Run").click()
        page.get_by_text("Run All Cells", exact=True).click()
        last = page.locator(".jp-Notebook .jp-Cell").last.locator(".jp-OutputArea-output table")
        try:
            last.or_(page.locator(ERRORS)).first.wait_for(timeout=240_000)
        except Exception:
            page.screenshot(path=tmp_path_factory.mktemp("stuck") / "page.png")
            raise
        return page

    yield opened
    shut_down_kernels(lab)
