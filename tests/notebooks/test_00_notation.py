"""The notebook on notation: what it shows that no other does."""

from __future__ import annotations

import re

import pytest
import torch


@pytest.fixture(scope="module")
def written(written_as):
    return written_as("00_notation")


def text(written, id):
    return next(each.source for each in written.source if each.id == id)


def test_with_another_context_the_same_network_prefers_another_word(written):
    alt = written.untouched.shown("three-contexts")
    assert re.findall(r"likeliest (\w+)", alt) == ["brightly", "brightly", "softly"]
    assert re.findall(r", (Pr\S+): ", alt) == ["Pr_θ^s(·|c′,z)"] * 2 + ["Pr^t(·|c,z)"]


def test_the_product_of_800_probabilities_prints_as_zero(written):
    said = written.untouched.said("opening-experiment")
    assert "The product of 800 probabilities around 0.35 is 0.0." in said
    assert re.findall(r"(float\d\d) it is 0.0 from token (\d+)", said) == [
        ("float64", "708"), ("float32", "99"),
    ]  # fmt: skip
    assert "**700**: Right" in written.solved.shown("predict-zero-explained")
    alt = written.untouched.shown("opening-figure")
    assert "float64 product is 0 from token 708 on" in alt


def test_other_weights_bring_the_student_nearer_and_leave_the_teacher_where_it_is(written):
    solved = written.solved
    before, after = map(float, re.findall(r"\d\.\d{3}", solved.said("other-weights")))
    assert after < before / 10
    teacher = r"Pr\^t\(·\|c,z\): ([^;.]*(?:\.\d+[^;.]*)*)"
    opening, moved = (
        re.search(teacher, solved.shown(id))[1] for id in ("three-contexts", "other-weights")
    )
    assert opening == moved


def test_a_teacher_with_weights_and_a_student_with_the_full_context_are_refused(written):
    said = written.untouched.said("refused")
    assert "its weights are fixed" in said
    assert "the student sees only the simplified context" in said


def test_the_debug_cell_looks_right_but_for_its_sums(written):
    lines = written.untouched.said("debug-this-code").splitlines()
    assert len(lines) == 3
    for line in lines:
        *numbers, total = map(float, re.findall(r"\d\.\d{3}", line))
        assert all(0 < each < 1 for each in numbers)
        assert abs(total - 1) > 0.01


def test_the_numbers_to_compare_with_are_those_of_the_solutions(written):
    scope = {"torch": torch}
    for id in ("softmax-answer", "log-softmax-answer", "sequence-log-prob-answer"):
        exec(text(written, id), scope)
    for id in ("softmax-task", "log-softmax-task"):
        told = re.search(r"To compare: `(.*?)` gives (.*?)\. Done", text(written, id))
        expected = [float(each.replace("−", "-")) for each in told[2].split(", ")]
        assert eval(told[1], scope).tolist() == pytest.approx(expected, abs=5e-5)
    logits = torch.tensor([[[0.5, 0.5], [0.25, 0.75], [0.9, 0.1]]]).log()
    mask = torch.tensor([[True, True, False]])
    result = scope["sequence_log_prob"](logits, torch.zeros(1, 3, dtype=torch.int64), mask)
    assert "gives −2.0794" in text(written, "sequence-log-prob-task")
    assert result.item() == pytest.approx(-2.0794, abs=5e-5)


def test_the_students_own_function_gives_the_page_a_finite_log_probability(written):
    assert "-841.1264" in written.solved.shown("your-page-code")
    assert written.untouched.cell("your-page-code").outputs == []


def test_the_chain_rule_by_hand_agrees_with_the_notation(written):
    by_hand, by_object = re.search(
        r"by hand (\S+)   log_prob (\S+)", written.untouched.said("chain-rule")
    ).groups()
    assert by_hand == by_object


def test_each_old_bug_shows_its_effect_beside_the_right_value(written):
    said = written.untouched.said
    sums = re.findall(r"before (\S+), after (\S+)", said("museum-dimension"))
    assert [after for _, after in sums] == ["1.000", "1.000"]
    assert [before == "1.000" for before, _ in sums] == [True, False]
    assert re.findall(r"tensor\((\w+)", said("museum-log")) == ["nan", "69"]
    assert re.findall(r"better: (\w)", said("museum-mean")) == ["A", "A", "B", "A"]


def test_the_formative_question_is_explained_at_once_and_the_graded_ones_are_not(written):
    assert "Right: t is the teacher here" in written.solved.shown("letter-clash-answer")
    for id in ("student-notation", "student-symbols", "two-dots", "what-changes"):
        assert "Right" not in written.solved.shown(f"{id}-answer")


@pytest.mark.parametrize("giveaway", ["keepdim=True)) / T", "shifted.exp()", ".masked_fill(~mask"])
def test_the_release_holds_none_of_the_tell_tale_pieces_of_its_solutions(written, giveaway):
    assert giveaway in "\n".join(each.source for each in written.source)
    assert giveaway not in "\n".join(each.source for each in written.released)
