"""Cases that are more than one call: what is done with models, and what is read of them."""

import numpy as np
import pytest
import torch

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.tables import build
from course_lib.checks.assess import assess
from course_lib.checks.compare import mean_kl, numbers_of
from course_lib.checks.perform import perform
from course_lib.checks.picture import picture
from course_lib.checks.probe import Apply, Call, Is, Make, Probe, Put, Read
from course_lib.checks.table import Case, Property, load, save
from course_lib.checks.values import tensor

HINTS = ("one", "two", "three")
LOGITS = np.array([[0.0, 1.0], [2.0, -1.0]])
CASES = ("short", "long", "longer")


def oracle(model, factor, *, by="factor", returned="sum"):
    weights = model["weights"]["logits"] * (factor if by == "factor" else 2.0)
    return np.asarray(weights.sum() if returned == "sum" else np.nan), weights.ravel(), weights


def cases(random):
    def case(id, **options):
        inputs = {
            "model": {"weights": {"logits": tensor(random.normal(size=(2, 2)))}},
            "factor": float(random.uniform(3, 5)),
        }
        return Case(id, inputs, make={"model": "bigram"}, **options)

    steps = (
        Call("sum", "scale", ("model", "factor")),
        Read("sum", "sum"),
        Read("weights", "model", "weights"),
        Put("tokens", tensor([0, 1], "int64")),
        Apply("logits", "model", ("tokens",)),
        Read("logits", "logits"),
    )
    return tuple(case(id, steps=steps, results=("sum", "weights", "logits")) for id in CASES)


EXERCISE = Exercise(
    id="scale",
    title="Scale",
    oracle=oracle,
    cases=cases,
    properties=(
        Property("weights", "the weights are scaled", 2, CASES, core=True, part=1),
        Property("sum", "their sum is returned", 1, CASES, core=True, part=0),
        Property("number", "as a float", 1, CASES, "number", part=0),
        Property("near", "nearly", 1, CASES, "near", part=2, most=0.01),
        Property("grace", "in an hour of grace", 1, CASES, "near", part=2, most=1e9),
    ),
    mistakes=(
        Mistake("doubled", {"by": "2"}, frozenset({"weights"}), "It is doubled.", HINTS),
        Mistake("nothing", {"returned": "nothing"}, frozenset({"sum"}), "Nothing.", HINTS),
    ),
    hints=HINTS,
)


@pytest.fixture(scope="module")
def table():
    return build(EXERCISE, b"a secret", "00_test")


@pytest.fixture(scope="module")
def answers(table):
    def answers(function):
        return {p.id: perform(p, {"scale": function}) for p in table.probes}

    return answers


@pytest.fixture(scope="module")
def judge(table, answers):
    return lambda function: assess(table, answers(function))


def right(model, factor):
    with torch.no_grad():
        return model.logits.mul_(factor).sum().item()


def lost(assessment):
    return {each.property.id for each in assessment.properties if not each.holds}


def test_what_was_done_to_a_model_is_judged_beside_what_was_returned(judge):
    assessment = judge(right)
    assert (assessment.state, assessment.points) == ("right", 6)


def test_parts_are_judged_alone_and_mistakes_explain_all_of_them(judge):
    doubled = judge(lambda model, factor: right(model, 2.0))
    assert doubled.diagnosis.mistakes == ("doubled",)
    assert lost(doubled) == {"weights", "sum", "near"}
    tensor_returned = judge(lambda model, factor: torch.tensor(right(model, factor)))
    assert lost(tensor_returned) == {"number"}


def test_a_float64_of_numpy_is_a_float_and_a_float32_is_none(judge):
    assert lost(judge(lambda model, factor: np.float64(right(model, factor)))) == set()
    assert "number" in lost(judge(lambda model, factor: np.float32(right(model, factor))))


def test_a_forgotten_return_has_a_name_if_something_was_done(judge):
    forgotten = judge(lambda model, factor: right(model, factor) and None)
    assert forgotten.state == "wrong"
    assert forgotten.diagnosis.mistakes == ("nothing",)
    assert lost(forgotten) == {"sum", "number"}


def test_nothing_done_and_nothing_returned_is_untouched(judge):
    assert judge(lambda model, factor: None).state == "untouched"


def test_whatever_is_returned_by_who_does_nothing_earns_nothing(judge):
    assert judge(lambda model, factor: 3.0).points == 0


def test_another_shape_is_not_near(judge):
    def grown(model, factor):
        model.logits = torch.nn.Parameter(torch.zeros(2, 3, dtype=torch.float64))
        return 1.0

    assert {"near", "grace"} <= lost(judge(grown))


def test_a_difference_is_drawn_for_the_part_that_differs(table, answers):
    image = picture(table, answers(lambda model, factor: right(model, 2.0)))
    assert image.startswith("<img")


def test_steps_and_results_survive_the_disk(table, tmp_path):
    save(table, tmp_path / "scale.npz")
    again = load(tmp_path / "scale.npz")
    for mine, theirs in zip(table.cases, again.cases, strict=True):
        assert [type(each) for each in mine.steps] == [type(each) for each in theirs.steps]
        assert mine.steps[0] == theirs.steps[0]
        assert (mine.results, mine.make) == (theirs.results, theirs.make)
    given = {probe.id: perform(probe, {"scale": right}) for probe in again.probes}
    assert assess(again, given).points == 6


def test_equal_arrays_are_stored_once(table, tmp_path):
    save(table, tmp_path / "scale.npz")
    with np.load(tmp_path / "scale.npz") as file:
        size = file["float64"].size
    distinct = {
        (n.tobytes()) for s in table.settings for values in s.values.values() for n in values
    }
    assert size <= sum(len(each) // 8 for each in distinct) + 4 * len(CASES)


# -- steps one by one ------------------------------------------------------------------------


def ask(*steps, **namespace):
    made = Make("model", "bigram", {"weights": {"logits": tensor(LOGITS)}})
    return perform(Probe("probe", (made, *steps)), namespace)


def test_weights_gradients_flags_modes_and_state_of_a_model_are_read():
    whats = ("weights", "gradients", "learns", "modes", "state")
    reads = ask(*(Read(what, "model", what) for what in whats)).reads
    assert reads["weights"].data.tolist() == [0, 1, 2, -1]
    assert reads["gradients"].data.tolist() == [0, 0, 0, 0]
    assert reads["learns"] == [True]
    assert reads["modes"] == [True]
    assert set(reads["state"]) == {"weights", "learns", "modes"}


def test_gradients_that_were_left_by_a_call_are_read():
    def leave(model):
        (2 * model.logits).sum().backward()

    answer = ask(Call("r", "leave", ("model",)), Read("g", "model", "gradients"), leave=leave)
    assert answer.reads["g"].data.tolist() == [2, 2, 2, 2]


def test_a_made_model_is_asked_without_a_graph_and_keeps_its_mode():
    tokens = Put("x", tensor([[1]], "int64"))
    answer = ask(tokens, Apply("z", "model", ("x",)), Read("z", "z"), Read("m", "model", "modes"))
    assert answer.reads["z"].data.tolist() == [[[2, -1]]]
    assert not answer.reads["z"].requires_grad
    assert answer.reads["m"] == [True]


@pytest.mark.parametrize(
    ("function", "same"),
    [(lambda model: model, True), (lambda model: 3, False), (lambda model: None, None)],
)
def test_an_object_is_told_from_another_and_from_nothing(function, same):
    steps = (Call("back", "f", ("model",)), Is("same", "back", "model"), Read("same", "same"))
    assert ask(*steps, f=function).reads == {"same": same}


def test_a_model_that_was_spoilt_is_an_answer():
    def spoil(model):
        model.forward = None

    steps = (Put("x", tensor([[1]], "int64")), Call("r", "spoil", ("model",)))
    assert ask(*steps, Apply("z", "model", ("x",)), spoil=spoil).outcome == "raised"
    unknown = perform(Probe("probe", (Make("x", "nothing", 1),)), {})
    assert (unknown.outcome, unknown.detail[:10]) == ("raised", "ValueError")


def test_a_read_of_something_that_is_no_model_is_an_answer():
    assert ask(Put("x", 3), Read("w", "x", "weights")).outcome == "raised"


def test_kl_between_logits_is_that_of_their_distributions():
    p, q = np.array([[0.2, 0.8], [0.5, 0.5]]), np.array([[0.4, 0.6], [0.5, 0.5]])
    expected = (p * np.log(p / q)).sum(-1).mean()
    assert mean_kl(np.log(p) + 7, np.log(q) - 300) == pytest.approx(expected)
    assert mean_kl(np.zeros((1, 2)), np.array([[np.nan, 0.0]])) == float("inf")


def test_only_rows_with_an_expected_distribution_are_asked_for():
    z = np.array([[0.3, -1.0], [2.0, 0.5]])
    asked = np.array([[0.0, 0.7], [np.nan, np.nan]])
    assert mean_kl(asked, z) == mean_kl(asked[:1], z[:1])
    assert mean_kl(asked[1:], z[1:]) == float("inf")  # nothing asked for is nothing shown


def test_a_list_of_scalar_tensors_among_several_results_counts_as_its_numbers():
    curve = [tensor(2.0), 1.5, tensor(1.0, "float32")]
    (numbers, weights), dtype = numbers_of((curve, tensor([1.0, 2.0])))
    np.testing.assert_array_equal(numbers, [2.0, 1.5, 1.0])
    assert (weights.shape, dtype) == ((2,), "float32")
    assert numbers_of(([tensor([1.0]), tensor([1.0, 2.0])], 1.0)) is None
