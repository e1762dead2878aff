"""What in a page would act in the browser of whoever opens it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

SCRIPT, LOAD = "canary_xss", "127.0.0.1"  # what attackers' scripts call, where their loads lead
_ADDRESSES = {"href", "src", "srcset", "action", "formaction", "data", "poster", "background"}
_LOADING = _ADDRESSES - {"href", "action", "formaction"}  # without a click


def acts(html: str) -> list[str]:
    """Scripts of attackers, and loads from their server, each once."""
    page = _Page()
    page.feed(html)
    page.close()
    return sorted(set(page.found))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._inside.append(tag)
        loading = _LOADING | ({"href"} if tag in ("link", "base", "image") else set())
        for name, value in attributes:
            value = (value or "").strip()
            spelt = re.sub(r"[\x00-\x20]", "", value).lower()
            if (
                (name.startswith("on") and SCRIPT in value)
                or (name in _ADDRESSES and spelt.startswith(("javascript:", "data:text/html")))
                or (name == "style" and f"url(http://{LOAD}" in spelt)
                or name == "srcdoc"
            ):
                self.found.append(f"<{tag} {name}> acts")
            if (name in loading or (tag, name) == ("meta", "content")) and LOAD in value:
                self.found.append(f"<{tag} {name}> loads")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside and (SCRIPT in data or f"http://{LOAD}" in data):
            at = max(data.find(SCRIPT), data.find(LOAD), 0)
            self.found.append(f"<{self._inside[-1]}> ...{data[max(0, at - 60) : at + 20]}...")
