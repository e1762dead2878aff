"""Every link of notebooks and documents is well formed, and leads to something that can be named.

No network is asked: what is checked is what a look at the text can tell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))

CODE_OR_FORMULA = re.compile(r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$", re.DOTALL)
LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<target>[^()]*)\)(?P<after>(?:, \d{4}\b)?)")
THREAD = re.compile(r"/[\w.-]+/[\w.-]+/(issues|pull)/[1-9]\d*")
ARXIV = re.compile(r"/abs/\d{2}(0[1-9]|1[0-2])\.\d{4,5}")  # the form since 2007
DOI = re.compile(r"/10\.\d{4,9}/\S+")

over_all = pytest.mark.parametrize(
    "place", [*DOCUMENTS, *NOTEBOOKS], ids=lambda path: path.relative_to(ROOT).as_posix()
)


@dataclass(frozen=True)
class Link:
    """A Markdown link, and what follows it if that is a year."""

    text: str
    target: str
    after: str

    @property
    def url(self):
        return urlsplit(self.target)

    @property
    def outward(self):
        return "//" in self.target


def text_of(place: Path) -> str:
    """A document, or the Markdown cells of a notebook."""
    if place.suffix != ".ipynb":
        return place.read_text(encoding="utf-8")
    cells = nbformat.read(place, as_version=4).cells
    return "\n\n".join(each.source for each in cells if each.cell_type == "markdown")


def prose_of(place: Path) -> str:
    """The text without what is set as code or as a formula, neither of which holds links."""
    return CODE_OR_FORMULA.sub("…", text_of(place))


def links_of(place: Path) -> list[Link]:
    return [Link(**each.groupdict()) for each in LINK.finditer(prose_of(place))]


def anchors_of(place: Path) -> set[str]:
    """What headings can be reached as: JupyterLab keeps their letters, GitHub makes slugs."""
    headings = re.findall(r"^#+ (.+)$", text_of(place), re.MULTILINE)
    shown = [re.sub(r"[`*]", "", each) for each in headings]
    if place.suffix == ".ipynb":
        return {each.replace(" ", "-") for each in shown}
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in shown}


def outward_links() -> list[tuple[str, Link]]:
    places = [*DOCUMENTS, *NOTEBOOKS]
    return [(each.stem, link) for each in places for link in links_of(each) if link.outward]


# -- in each document and notebook -----------------------------------------------------------


@over_all
def test_what_looks_like_a_link_is_one(place: Path):
    prose = prose_of(place)
    assert len(links_of(place)) == prose.count("](")
    assert "http" not in LINK.sub("", prose), "an address outside a link"


@over_all
def test_links_within_the_repository_lead_somewhere(place: Path):
    for link in links_of(place):
        if not link.outward:
            path, _, anchor = link.target.partition("#")
            there = (place.parent / path).resolve() if path else place
            assert there.exists(), link.target
            assert not anchor or anchor in anchors_of(there), link.target


@over_all
def test_notebooks_link_to_nothing_that_a_student_does_not_have(place: Path):
    if place.suffix == ".ipynb":
        inward = [each.target for each in links_of(place) if not each.outward]
        assert [each for each in inward if not each.startswith("#")] == []


@over_all
def test_links_have_words(place: Path):
    assert [each.target for each in links_of(place) if not each.text.strip()] == []


# -- out into the world ----------------------------------------------------------------------


def test_addresses_are_well_formed():
    for where, link in outward_links():
        assert link.url.scheme == "https", (where, link.target)
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", link.url.netloc), (where, link.target)
        assert re.fullmatch(r"[!-~]*", link.target), (where, link.target)
        assert link.url.query == "", (where, link.target)


def test_each_site_s_links_have_its_form():
    forms = {"github.com": THREAD, "arxiv.org": ARXIV, "doi.org": DOI}
    for where, link in outward_links():
        form = forms.get(link.url.netloc)
        assert form is None or form.fullmatch(link.url.path), (where, link.target)


def test_the_words_of_a_link_to_a_thread_tell_its_number_and_its_kind():
    for where, link in outward_links():
        if link.url.netloc != "github.com":
            continue
        *_, kind, number = link.url.path.split("/")
        told = re.search(r"(?:, |^)(issue|pull request) \d+$", link.text)
        assert not told or told[1] == {"issues": "issue", "pull": "pull request"}[kind], where
        assert re.findall(r"\d+$", link.text) in ([], [number]), (where, link)


def test_a_project_has_one_name_in_all_notebooks():
    names = defaultdict(set)
    for _, link in outward_links():
        if link.url.netloc == "github.com":
            told = re.fullmatch(r"(.+?),? (?:issue |pull request )?\d+", link.text)
            repository = "/".join(link.url.path.split("/")[1:3])
            if told and told[1] not in ("issue", "pull request"):
                names[repository].add(told[1])
    assert {repository: each for repository, each in names.items() if len(each) > 1} == {}


def test_a_year_beside_a_link_to_arxiv_is_not_before_the_paper_nor_long_after():
    for where, link in outward_links():
        if link.url.netloc == "arxiv.org":
            year = re.search(r"\b(?:19|20)\d\d\b", link.text + link.after)
            posted = 2000 + int(link.url.path.removeprefix("/abs/")[:2])
            assert year is None or posted <= int(year[0]) <= posted + 2, (where, link)
