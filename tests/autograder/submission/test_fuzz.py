"""Whatever becomes of a notebook on its way, it is read and rebuilt in bounded time and memory."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeAlias

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.submission.intake import read
from autograder.submission.rebuild import rebuild
from autograder.submission.release_notebook import Release

SECONDS = 10.0  # a hundred times what is needed: the machine may be busy
MEMORY = 64 << 20  # bytes that Python's objects take; the notebook's file has a few thousand

few = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
many = settings(few, max_examples=5000)

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["code", "markdown", "raw", "triple", "# @answer triple", "\ud800", "\0"])
)  # fmt: skip
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def release(released_once: Path) -> Release:
    path = released_once / "release" / "ps1" / "ps1.ipynb"
    return Release(nbformat.read(path, as_version=4))


@pytest.fixture(scope="module")
def document(release: Release) -> dict[str, Any]:
    """The released notebook as JSON."""
    parsed: dict[str, Any] = json.loads(nbformat.writes(release.notebook))
    return parsed


# -- mutations -------------------------------------------------------------------------------


def damage(data: st.DataObject, whole: bytes) -> bytes:
    """Some places of the file overwritten, cut out, repeated, or the end lost."""
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, max(len(damaged) - 1, 0)))
        end = min(len(damaged), start + data.draw(st.integers(0, 200)))
        match data.draw(st.sampled_from(["replace", "cut", "repeat", "truncate", "swap"])):
            case "replace":
                damaged[start:end] = data.draw(st.binary(max_size=8))
            case "cut":
                del damaged[start:end]
            case "repeat":
                damaged[start:start] = damaged[start:end] * data.draw(st.integers(1, 20))
            case "truncate":
                del damaged[start:]
            case "swap":
                damaged[start:end] = damaged[start:end][::-1]
    return bytes(damaged)


def mutate(data: st.DataObject, document: dict[str, Any]) -> Any:
    """The tree with some of its nodes replaced, removed, repeated, wrapped or moved."""
    holder = {"root": deepcopy(document)}
    for _ in range(data.draw(st.integers(1, 6))):
        parent, key = data.draw(st.sampled_from(places(holder)))
        match data.draw(st.sampled_from(["replace", "remove", "repeat", "wrap", "move"])):
            case "replace":
                parent[key] = data.draw(anything)
            case "remove" if parent is not holder:
                del parent[key]
            case "repeat" if isinstance(parent, list):
                parent.insert(key, deepcopy(parent[key]))
            case "wrap":
                parent[key] = [parent[key]] if data.draw(st.booleans()) else {"x": parent[key]}
            case "move":
                other, place = data.draw(st.sampled_from(places(holder)))
                other[place] = deepcopy(parent[key])
    return holder["root"]


def places(node: Any) -> list[tuple[Any, Any]]:
    """Every place below a node, as its container and the key in it."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    found: list[tuple[Any, Any]] = []
    for key, child in list(pairs):
        found.append((node, key))
        if isinstance(child, dict | list):
            found += places(child)
    return found


# -- what must hold --------------------------------------------------------------------------


def assert_handled(folder: Path, release: Release, content: bytes) -> None:
    """A notebook that is valid and can be rebuilt, or a problem that says what to do."""
    path = folder / "ps1.ipynb"
    path.write_bytes(content)
    tracemalloc.start()
    began = time.monotonic()
    try:
        submission = read(path, student="ada", assignment="ps1", name="ps1")
        rebuilt = rebuild(release, submission)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.monotonic() - began < SECONDS
    assert peak < MEMORY
    assert all(each.says and each.advice for each in submission.problems)
    fatal = [each for each in submission.problems if each.fatal]
    assert (submission.notebook is None) == (len(fatal) == 1)
    if submission.notebook is not None:
        nbformat.validate(submission.notebook, version=4, version_minor=5)
    nbformat.validate(rebuilt.notebook, version=4, version_minor=5)
    nbformat.writes(rebuilt.notebook).encode("utf-8")
    tests = [c for c in rebuilt.notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]
    assert len(tests) == 5


def bytes_of(mutated: Any) -> bytes:
    return json.dumps(mutated).encode()


def check_bytes(
    tmp_path: Path, release: Release, document: dict[str, Any], data: st.DataObject
) -> None:
    assert_handled(tmp_path, release, damage(data, json.dumps(document, indent=1).encode()))


def check_tree(
    tmp_path: Path, release: Release, document: dict[str, Any], data: st.DataObject
) -> None:
    assert_handled(tmp_path, release, bytes_of(mutate(data, document)))


Check: TypeAlias = Callable[[Path, Release, dict[str, Any], st.DataObject], None]


@few
@given(data=st.data())
@pytest.mark.parametrize("check", [check_bytes, check_tree])
def test_no_mutation_of_a_notebook_is_too_much(
    tmp_path: Path, release: Release, document: dict[str, Any], check: Check, data: st.DataObject
) -> None:
    check(tmp_path, release, document, data)


@pytest.mark.long
@pytest.mark.timeout(1800)
@many
@given(data=st.data())
@pytest.mark.parametrize("check", [check_bytes, check_tree])
def test_no_mutation_of_thousands_is_too_much(
    tmp_path: Path, release: Release, document: dict[str, Any], check: Check, data: st.DataObject
) -> None:
    check(tmp_path, release, document, data)
