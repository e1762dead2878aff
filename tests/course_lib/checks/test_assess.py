import numpy as np
import pytest
import torch

from course_lib.checks.assess import assess


def right(x, w):
    return (w * x**2).sum() / w.sum()


def verdicts(assessment):
    return {each.property.id: each.holds for each in assessment.properties}


def test_a_right_solution_gets_all_points(table, ask):
    assessment = assess(table, ask(right))
    assert assessment.state == "right"
    assert assessment.points == table.points == 9
    assert assessment.diagnosis.right


def test_a_single_mistake_is_named_and_keeps_the_properties_that_it_does_not_break(table, ask):
    assessment = assess(table, ask(lambda x, w: (w * x**2).sum() / len(w)))
    assert assessment.diagnosis.mistakes == ("divided by n",)
    assert verdicts(assessment) == {
        "value": False, "longer": False, "gradient": False, "inputs": True, "dtype": True,
    }  # fmt: skip
    assert assessment.points == 2


def test_two_mistakes_at_once_are_both_named(table, ask):
    pair = assess(table, ask(lambda x, w: -(w * x**2).sum() / len(w)))
    assert pair.diagnosis.mistakes == ("divided by n", "sign")


def test_three_mistakes_at_once_are_not_guessed_at(table, ask):
    three = assess(table, ask(lambda x, w: -(w * x).sum() / len(w)))
    assert three.diagnosis.mistakes == ()


def test_an_unknown_mistake_is_not_named(table, ask):
    assessment = assess(table, ask(lambda x, w: right(x, w) + 0.25))
    assert assessment.diagnosis.mistakes == ()
    assert not assessment.diagnosis.right
    assert assessment.points == 0


@pytest.mark.parametrize(
    "empty",
    [
        lambda x, w: None,
        lambda x, w: torch.zeros((), dtype=x.dtype),
        lambda x, w: (x * 0).sum(),
        lambda x, w: torch.ones((), dtype=x.dtype),
        lambda x, w: x,
        lambda x, w: x.mean(),
        lambda x, w: 1 / 0,
        lambda x, w: "right",
        lambda: 0,
    ],
)
def test_empty_answers_earn_nothing(table, ask, empty):
    assert assess(table, ask(empty)).points == 0


def test_a_mistake_that_explains_any_constant_is_named_but_earns_nothing(table, ask):
    assessment = assess(table, ask(lambda x, w: (x * 0).sum()))
    assert assessment.diagnosis.mistakes == ("always zero",)
    assert assessment.points == 0


def test_an_untouched_body_and_a_missing_function_are_told_apart(table, ask):
    assert assess(table, ask(lambda x, w: ...)).state == "wrong"
    assert assess(table, ask(lambda x, w: None)).state == "untouched"
    assert assess(table, {}).state == "wrong"
    missing = {id: type(a)("missing") for id, a in ask(right).items()}
    assert assess(table, missing).state == "missing"


def test_each_behaviour_is_seen_by_itself(table, ask):
    def cut(x, w):
        return right(x, w).detach()

    def in_place(x, w):
        with torch.no_grad():
            w += 0.5
        return right(x, w - 0.5)

    def doubled(x, w):
        return right(x.double(), w.double())

    assert verdicts(assess(table, ask(cut)))["gradient"] is False
    assert verdicts(assess(table, ask(in_place)))["inputs"] is False
    assert verdicts(assess(table, ask(doubled)))["dtype"] is False
    for wrong in (cut, in_place, doubled):
        assert assess(table, ask(wrong)).diagnosis.right


def test_too_few_numbers_name_no_mistake(table, ask):
    def breaks_on_long(x, w):
        if len(x) == 8:
            raise ValueError("too long")
        return (w * x**3).sum() / w.sum()

    few = assess(table, ask(breaks_on_long))
    assert few.diagnosis.mistakes == ()
    assert few.detail == "ValueError: too long"


def test_float32_results_are_compared_at_float32_tolerance(table, ask):
    def single(x, w):
        return right(x.float(), w.float())

    assessment = assess(table, ask(single))
    assert verdicts(assessment)["value"]
    assert assessment.diagnosis.right


def test_reasons_carry_no_number_of_a_case(table, ask):
    def telltale(x, w):
        raise ValueError(f"x was {x.tolist()}")

    for wrong in (telltale, lambda x, w: x, lambda x, w: x.sum() * float("nan")):
        for verdict in assess(table, ask(wrong)).properties:
            assert not any(
                character.isdigit() for character in verdict.reason.replace("float32", "")
            )


def test_infinities_and_nans_match_only_themselves():
    from course_lib.checks.compare import close

    inf, nan = np.array([np.inf]), np.array([np.nan])
    assert close(inf, inf)
    assert close(nan, nan)
    assert not close(-inf, inf)
    assert not close(nan, inf)
    assert not close(np.array([1e300]), inf)
    assert not close(np.zeros(2), np.zeros((2, 1)))
