"""What is special in the notebook on sequences: its experiments and their numbers."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="module")
def written(written_as):
    return written_as("04_sequence_loss")


@pytest.fixture(scope="module")
def solved(written):
    return written.solved


@pytest.fixture(scope="module")
def untouched(written):
    return written.untouched


@pytest.fixture(params=["solved", "untouched"])
def executed(request):
    return request.getfixturevalue(request.param)


def test_greedy_decoding_misses_the_likeliest_sentence(executed):
    said = executed.said("opening-experiment")
    assert re.search(r"greedy +warmly warmly warmly +0\.0314", said)
    assert re.search(r"likeliest +brightly and warmly +0\.2538", said)
    assert "3 sentences are likelier than greedy's. You predicted:" in said


def test_the_prediction_is_explained_after_the_experiment(solved):
    says = solved.shown("predict-likelier-explained")
    assert says.startswith("That is right.")
    assert "- **0**: Each of the three choices was the best there was." in says


def test_the_two_models_have_their_modes_in_different_places(solved):
    trees = [solved.shown(id) for id in ("tree-of-arrays", "student")]
    modes = [re.search(r"likeliest: (\w+) \(", each)[1] for each in trees]
    assert modes == ["brightly", "softly"]


def test_the_tree_shows_what_the_experiment_found(executed):
    drawn = executed.shown("tree-of-arrays")
    assert "Tree of 64 sequences" in drawn
    assert "3 of the other 63 sequences are likelier than greedy's" in drawn


def test_without_its_minus_the_loss_teaches_the_least_likely_word(executed):
    said = executed.said("debug-this-code")
    assert "teacher ['0.700', '0.200', '0.100']" in said
    assert "student ['0.000', '0.000', '1.000']" in said


def test_with_its_minus_the_student_reaches_the_teacher(written):
    scope = {}
    for id in ("setup", "debug-this-code"):
        (code,) = [each.source for each in written.source if each.id == id]
        code = re.sub(r"^ +%pip.*$", "", code, flags=re.MULTILINE)
        exec(code.replace("return (p_t", "return -(p_t"), scope)
    student = scope["softmax"](scope["path"][-1]).tolist()
    assert student == pytest.approx(scope["p_t"].tolist(), abs=5e-4)


def test_agreement_hides_what_the_argmax_loses(executed):
    said = executed.said("two-students")
    rows = re.findall(r"(\w+) +(\d+) +(yes|no) +(\S+)", said)
    assert {agreement for _, _, agreement, _ in rows} == {"yes"}
    kls = {(name, int(step)): float(kl) for name, step, _, kl in rows}
    assert kls["sampled", 10] > kls["sampled", 100] > kls["sampled", 1000]
    assert kls["sampled", 1000] < 0.01
    assert 1 < kls["argmax", 10] < kls["argmax", 100] < kls["argmax", 1000]


def test_the_tokens_add_up_to_the_sequences(solved):
    drawn = solved.shown("your-chain-figure")
    told = re.search(
        r"the sum is (\S+)\. A dashed line marks the KL of the sequences, (\S+)\.$", drawn
    )
    assert told
    assert told[1] == told[2]


def test_the_estimate_draws_near_to_the_exact_loss(solved):
    drawn = solved.shown("your-estimate-figure")
    mean, twice_the_error = map(float, re.search(r"(\S+) ± (\S+) from 30,000", drawn).groups())
    exact = float(re.search(r"exact loss, (\S+)\.$", drawn)[1])
    assert twice_the_error < 0.02
    assert mean == pytest.approx(exact, abs=2 * twice_the_error + 0.005)


def test_figures_wait_for_functions_that_are_not_written(untouched):
    for id in ("your-estimate-figure", "your-chain-figure"):
        assert "yet" in untouched.shown(id), id


def test_draws_from_the_top_alone_give_a_kl_that_cannot_be(executed):
    values = [float(line.split()[-1]) for line in executed.said("museum-draws").splitlines()]
    before, after, exact = values
    assert before < 0 < exact
    assert after == pytest.approx(exact, abs=0.01)


def test_a_standard_deviation_does_not_shrink_and_a_standard_error_does(executed):
    said = executed.said("museum-error-code")
    (few, few_after), (many, many_after) = [
        map(float, pair) for pair in re.findall(r"before: (\S+) +after: (\S+)", said)
    ]
    assert 0.8 < few / many < 1.25
    assert 8 < few_after / many_after < 12.5


def test_values_are_told_for_all_that_is_not_drawn_by_chance(written):
    assert [call for call, _ in written.told] == [
        "exp(sequence_log_probs(tree_t)[1, 3, 0])",
        "exact_loss(tree_t, tree_s)",
        "argmax_loss(tree_t, tree_s)",
        "max(token_kls(tree_t, tree_s))",
    ]
