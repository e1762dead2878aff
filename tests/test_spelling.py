"""What people read is spelt right, and spelt in one way: the British one.

A word is right if a dictionary has it, or `tests/words.txt`, which holds names and terms of art.
American forms are known to the dictionary too; they are refused. Where the term of art is the
American form (an optimizer), the British one is refused instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple, is_dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import nbformat
import pytest
from spellchecker import SpellChecker

from autograder.exercises import ASSIGNMENTS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))

NOT_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`"  # code
    r"|\$\$.*?\$\$|\$[^$\n]*\$"  # formulas
    r"|\[[^\]]*\]\(https://(?:arxiv|doi)\.org/[^)]*\)"  # titles, which others have chosen
    r"|\]\([^)]*\)|https?://\S+|<[^>\n]+>",  # addresses, tags and comments
    re.DOTALL,
)
COMMENT = re.compile(r"(?m)(?:^|  )# (?!fmt: )(.+)$")
WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’][a-z]+)?")

over_notebooks = pytest.mark.parametrize("place", NOTEBOOKS, ids=lambda path: path.stem)


@cache
def dictionary() -> SpellChecker:
    return SpellChecker(language="en")


@cache
def terms() -> frozenset[str]:
    """Names and terms of art, which no dictionary has: one a line, in lower case."""
    lines = (ROOT / "tests" / "words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.partition("#")[0].strip() for line in lines) - {""}


@cache
def british() -> dict[str, str]:
    """British forms and what they are in America."""
    table = resources.files("codespell_lib") / "data" / "dictionary_en-GB_to_en-US.txt"
    lines = table.read_text(encoding="utf-8").splitlines()
    return dict(line.split("->") for line in lines if "->" in line)


@cache
def refused() -> frozenset[str]:
    """The form of each word that is not ours."""
    return frozenset(here if there in terms() else there for here, there in british().items())


def is_right(word: str) -> bool:
    if re.search(r"[A-Z]{2}|[a-z][A-Z]", word):  # KL, GPUs, PyTorch
        return True
    plain = re.sub(r"['’]s$", "", word.lower().replace("’", "'"))
    if plain in terms() or plain in refused():
        return plain in terms()
    return plain in british() or bool(dictionary().known([plain]))


def misspelt(text: str) -> set[str]:
    words = set(WORD.findall(NOT_PROSE.sub(" … ", text)))
    return {word for word in words if len(word) > 2 and not is_right(word)}


def strings_of(value: object) -> Iterator[str]:
    """Every string within a record, a mapping or a sequence."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        yield from strings_of(astuple(value))
    elif isinstance(value, dict):
        yield from strings_of(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from strings_of(each)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents(document: Path):
    assert misspelt(document.read_text(encoding="utf-8")) == set()


@over_notebooks
def test_the_text_of_notebooks_and_the_comments_of_their_code(place: Path):
    for cell in nbformat.read(place, as_version=4).cells:
        text = cell.source
        if cell.cell_type == "code":
            text = "\n".join(COMMENT.findall(text))
        assert misspelt(text) == set(), cell.id


@pytest.mark.parametrize("assignment", ASSIGNMENTS.values(), ids=lambda each: each.id)
def test_the_words_of_questions(assignment):
    for question in assignment.questions:
        told = (question.title, question.stem, question.options, question.rubric, question.items)
        assert misspelt("\n".join(strings_of(told))) == set(), question.id


@pytest.mark.parametrize("assignment", ASSIGNMENTS.values(), ids=lambda each: each.id)
def test_the_words_of_checks_and_hints(assignment):
    for exercise in assignment.exercises:
        told = [exercise.title, *exercise.hints, *(each.says for each in exercise.properties)]
        for mistake in exercise.mistakes:
            told += [mistake.says, *mistake.hints]
        assert misspelt("\n".join(told)) == set(), exercise.id


def test_every_term_is_needed():
    """A list of exceptions that grows by itself would hide what it should show."""
    texts = [place.read_text(encoding="utf-8") for place in (*DOCUMENTS, *NOTEBOOKS)]
    texts += [file.read_text() for file in (ROOT / "autograder" / "exercises").rglob("*.py")]
    used = {word.lower() for word in WORD.findall("\n".join(texts))}
    used |= {re.sub(r"['’]s$", "", word) for word in used}
    assert sorted(terms() - used) == []


@pytest.mark.parametrize("wrong", ["recieve", "distribtion", "langauge", "color", "normalize"])
def test_a_wrong_word_is_found(wrong: str):
    assert misspelt(f"Here is one: {wrong.capitalize()}, and not `{wrong}`.") == {
        wrong.capitalize()
    }
