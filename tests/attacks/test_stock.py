"""Stock nbgrader is harmed in its sandbox as on a real machine; the machine outside is not."""

from __future__ import annotations

import os

import pytest
from harness import corpus, rungs, stock

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    if why := rungs.why_not("namespaces"):
        pytest.skip(f"nothing bounds what stock nbgrader breaks: {why}")
    return stock.prepare(tmp_path_factory.mktemp("stock"))


@pytest.fixture
def attack(prepared):
    return lambda name: stock.attack(prepared, corpus.read(corpus.CORPUS / f"{name}.attack"))


def test_the_environment_leaks(attack):
    found = attack("23_environment")
    assert any("environment" in leak for leak in found.leaks), found


def test_a_file_in_the_course_is_damage_and_is_gone_with_the_sandbox(attack, prepared):
    found = attack("21_writes_to_the_course")
    assert any("submitted/s000" in harm for harm in found.damage), found
    for place in (prepared.course, "/tmp", "/var/tmp", "/run", "/dev/shm"):
        assert not [name for name in os.listdir(place) if name.startswith("canary-")]


def test_constants_reach_nothing(attack):
    found = attack("08_constants")
    assert (found.classic, found.damage, found.leaks, found.error) == (0, (), (), "")
