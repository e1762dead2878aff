"""Attackers get no marks on protected cells, do no damage and learn nothing.

`make test` sends some of the corpus against the best rung of this machine, `make attacks` all of it
against every rung.
"""

from __future__ import annotations

import pytest
from harness import corpus, rungs, table

ATTACKS = corpus.read_all()
FAST = [each for each in ATTACKS if each.fast]


def available(name):
    why = rungs.why_not(name)
    if why:
        pytest.skip(f"{name} is not to be had here: {why}")
    return name


@pytest.fixture(scope="module")
def fast(tmp_path_factory):
    """The quick part of the corpus, against the best rung there is."""
    for name in rungs.NAMES:
        if not rungs.why_not(name):
            return rungs.attack(tmp_path_factory.mktemp("attacks"), name, FAST)
    pytest.skip("no rung of isolation is to be had here")


@pytest.fixture(scope="module", params=rungs.NAMES)
def whole(request, tmp_path_factory):
    place = tmp_path_factory.mktemp("attacks")
    return rungs.attack(place, available(request.param), ATTACKS, pages=True)


def told(findings):
    """What was found, for whoever reads a failure."""
    return "\n".join(table.lines(findings))


def test_every_way_to_cheat_is_in_the_corpus():
    assert {each.number for each in ATTACKS} == table.CLASSES.keys() == set(range(1, 50))
    assert len(ATTACKS) >= 80
    assert {wish for each in ATTACKS for wish in each.wants} == {"marks", "damage", "leak"}


@pytest.mark.timeout(900)  # the class of attackers is graded here, on a machine that may be busy
def test_a_sample_of_attackers_gets_nothing_and_costs_nobody_anything(fast):
    assert len(fast.each) == len(FAST)
    assert not table.broken(fast), told(fast)


def test_the_sample_reaches_marks_on_classic_cells_as_is_known(fast):
    """Classic tests run beside the student's code; if nobody got marks, nothing was attacked."""
    assert fast.reached("classic")


@pytest.mark.long
@pytest.mark.attacks
@pytest.mark.timeout(3000)  # fixtures included: a class of 145
def test_the_whole_corpus_gets_nothing_and_costs_nobody_anything(whole):
    assert len(whole.each) == len(ATTACKS)
    assert not table.broken(whole), told(whole)
