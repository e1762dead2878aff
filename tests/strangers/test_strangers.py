"""Right solutions by strangers get full marks; wrong ones lose marks, and none is misnamed."""

import importlib.util
from pathlib import Path

import pytest

HERE = Path(__file__).parent
specification = importlib.util.spec_from_file_location("judged", HERE / "judged.py")
strangers = importlib.util.module_from_spec(specification)
__import__("sys").modules["judged"] = strangers  # its dataclass looks its module up
specification.loader.exec_module(strangers)

NOT_SEEN = {
    # float32 alone loses its digits, and values are decided in float64
    "first/high_T_limit_7",
    # drops outliers: on some trees that moves the estimate by less than chance does
    "first/sampled_loss_11",
    # sets the mode of what lies one level deep: the model of the checks has nothing below that
    "training/freeze_35",
}


@pytest.mark.parametrize(
    "path", sorted((HERE / "right").glob("*/*.py")), ids=lambda p: f"{p.parent.name}/{p.stem}"
)
def test_a_right_solution_gets_full_marks(path):
    assert not strangers.judge(path).loses


@pytest.mark.slow
def test_wrong_solutions_lose_marks():
    kept = {each.name for each in strangers.judged("wrong") if not each.loses}
    assert kept <= NOT_SEEN


def test_every_name_was_read_and_found_right():
    reviewed = strangers.reviewed()
    named = {each.name: list(each.mistakes) for each in strangers.judged("wrong") if each.mistakes}
    assert named == reviewed


def test_most_are_told_what_is_wrong():
    wrong = strangers.judged("wrong")
    told = [each for each in wrong if each.told_by in ("mistake", "property", "error")]
    assert len(told) / len(wrong) >= 0.9
