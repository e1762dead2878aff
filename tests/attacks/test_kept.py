"""What was found survives in a folder, and what was done is not done again."""

from __future__ import annotations

import pytest
from harness import corpus, table
from harness.findings import Finding, Findings
from harness.kept import Kept

ATTACKS = corpus.read_all()[:3]


def finding(attack, **reached):
    return Finding(
        attack, **{"protected": 0.0, "classic": 0.0, "damage": (), "leaks": ()} | reached
    )


@pytest.fixture
def found():
    reached = ({"classic": 2.0}, {"damage": ("a file",)}, {"leaks": ("a hidden test",)})
    each = [finding(attack, **got) for attack, got in zip(ATTACKS, reached, strict=True)]
    return Findings("landlock", tuple(each), ("s1 (right)",), (), ("a process",))


def test_what_was_found_comes_back_as_it_was(tmp_path, found):
    Kept(tmp_path).keep(found)
    assert Kept(tmp_path).findings("landlock", ATTACKS) == found


def test_what_was_found_of_fewer_attacks_is_not_taken_for_all(tmp_path, found):
    Kept(tmp_path).keep(found)
    assert Kept(tmp_path).findings("landlock", corpus.read_all()[:4]) is None


def test_attacks_made_one_by_one_go_on_where_they_stopped(tmp_path):
    made = []

    def attack(each):
        if len(made) == 2 and not stopped:
            raise KeyboardInterrupt
        made.append(each.name)
        return finding(each, damage=(each.name,))

    stopped = False
    with pytest.raises(KeyboardInterrupt):
        Kept(tmp_path).one_by_one("stock", ATTACKS, attack)
    stopped = True
    found = Kept(tmp_path).one_by_one("stock", ATTACKS, attack)
    assert made == [each.name for each in ATTACKS]
    assert [each.damage for each in found.each] == [(name,) for name in made]


def test_the_page_tells_what_each_grader_lets_through(found):
    protected = Findings("landlock", tuple(map(finding, ATTACKS)), (), (), ())
    page = table.page([protected], found)
    assert "- landlock: 3 attacks, 1 mark, 3 damage, 1 leak, 0 without a verdict" in page
    (row,) = [line for line in page.splitlines() if line.startswith("| 1 |") and "damage" in line]
    assert row.split(" | ")[3:] == ["1 mark, 1 damage", "0 |"]
