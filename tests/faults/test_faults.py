"""A fast part of `make faults`: the same runs at a few points."""

import pytest
from disturbed import faults

RUNS = [("writer", 1), ("writer", 2), ("writer", 3), ("full disk", 1)]
SLOW = [("coordinator", 1), ("warm parent", 0), ("guest", 0)]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return faults.undisturbed(tmp_path_factory.mktemp("faults"))


@pytest.mark.parametrize(
    ("fault", "seed"), RUNS + [pytest.param(*each, marks=pytest.mark.slow) for each in SLOW]
)
def test_whatever_breaks_off_a_run_the_next_one_comes_to_the_same_marks(
    fault, seed, base, tmp_path
):
    if why := faults.why_not(fault):
        pytest.skip(f"{fault}: {why}")
    outcome = faults.try_out(fault, seed, base, tmp_path)
    assert outcome.struck
    assert outcome.wrong == ()
