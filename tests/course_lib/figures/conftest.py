"""How tests of figures look at what a notebook would show."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest


@pytest.fixture
def image():
    """A function that gives the attributes of the one <img> in a piece of HTML."""
    return attributes


def attributes(html: str) -> dict[str, str]:
    found: list[dict[str, str]] = []

    class Finder(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag == "img":
                found.append(dict(attrs))

    Finder().feed(html)
    (only,) = found
    return only
