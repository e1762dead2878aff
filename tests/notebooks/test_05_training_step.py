"""What is special in the notebook on a training step: its experiments and their numbers."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="module")
def written(written_as):
    return written_as("05_training_step")


@pytest.fixture(scope="module")
def solved(written):
    return written.solved


@pytest.fixture(scope="module")
def untouched(written):
    return written.untouched


@pytest.fixture(params=["solved", "untouched"])
def executed(request):
    return request.getfixturevalue(request.param)


def numbers(text):
    return [float(each.replace("−", "-")) for each in re.findall(r"[-−+]?\d+\.\d+", text)]


# -- 1 and 2: the promise, and two settings of weights -----------------------------------------


def test_the_first_order_rule_promises_a_loss_below_zero(executed):
    said = executed.said("opening-experiment")
    promised = [float(each) for each in re.findall(r"promised +(\S+)", said)]
    real = [float(each) for each in re.findall(r"real (\S+)", said)]
    assert promised == [2.31, 1.01, -0.43, -3.32, -9.10, -43.78]
    assert real == [2.31, 1.14, 0.29, 0.02, 0.48, 3.54]
    assert "Below 0, where no divergence can be" in executed.shown("opening-figure")


def test_the_numbers_in_the_prose_of_the_opening_are_those_of_the_experiment(written, executed):
    prose = next(each.source for each in written.source if each.id == "the-promise")
    assert "loss 2.46" in executed.said("two-models")
    assert "‖g‖² 1.445" in executed.said("two-models")
    for told in ("1.445", "−2.89", "2.46"):
        assert told in prose


def test_the_language_has_as_many_words_as_it_is_said_to_have(written):
    source = {each.id: each.source for each in written.source}
    (listed,) = re.findall(r'^words = "(.*?)"', source["world"], re.MULTILINE)
    assert len(listed.split()) + 3 == 16
    assert "sixteen words" in source["sun"]


def test_the_weights_that_say_brightly_have_the_smaller_loss_and_the_shorter_gradient(executed):
    rows = re.findall(
        r"loss (\S+)   length of the gradient (\S+)", executed.said("sun-with-gradients")
    )
    (loss_1, length_1), (loss_2, length_2) = [map(float, row) for row in rows]
    assert loss_1 < 0.05 < 2.4 < loss_2
    assert length_1 < length_2 / 5


def test_on_the_moon_the_rule_of_thumb_breaks_under_kl_and_js_alone(executed):
    said = executed.said("moon-run")
    p = {row[0]: numbers(row[1]) for row in re.findall(r"^(\S+) +(brightly.*)$", said, re.M)}
    assert p["teacher"] == pytest.approx([0.6, 0.1, 0.3], abs=0.01)
    assert p["θ₁"] == pytest.approx([0.999, 0.0005, 0.0005], abs=0.002)
    assert p["θ₂"] == pytest.approx([0.3, 0.6, 0.1], abs=0.02)
    rows = executed.shown("moon-run").rstrip(".").split("; ")
    assert [row.rsplit(", ")[-1] for row in rows] == ["θ₂ wins"] * 2 + ["θ₁ wins"] * 2


# -- 3 to 5: a teacher at rest, a step, its promise --------------------------------------------


def test_before_it_is_frozen_the_teacher_gives_two_answers_and_could_be_moved(executed):
    said = executed.said("restless-teacher")
    first, second = numbers(said.splitlines()[0])
    assert first != second
    assert "a step could move: 4,352" in said


def test_a_frozen_teacher_gives_one_answer(solved, untouched):
    said = solved.said("teacher-at-rest")
    first, second = numbers(said.splitlines()[0])
    assert first == second
    assert "a step could move: 0" in said
    assert "does not give the teacher back yet" in untouched.said("teacher-at-rest")


def test_a_wrong_freeze_and_a_harmless_mode_do_not_blame_a_right_step(written):
    node = written.node()
    last = next(i for i, each in enumerate(node.cells) if each.id == "your-first-step")
    node.cells = [each for each in node.cells[: last + 1] if each.cell_type == "code"]
    cells = {each.id: each for each in node.cells}
    cells["freeze-answer"].source = "def freeze(model):\n    return copy.deepcopy(model).eval()"
    asked = cells["train-step-answer"]
    asked.source = asked.source.replace("    with torch", "    student.train()\n    with torch", 1)
    executed = written.run("wrong freeze", node)
    assert "does not give the teacher back yet" in executed.said("teacher-at-rest")
    report = executed.shown("your-first-step")
    assert "The step is of a good size" in report
    assert "The step returned" not in report
    assert "The teacher did not move" in report


def test_the_students_own_step_is_interpreted(solved, untouched):
    assert "The step is of a good size" in solved.shown("your-first-step")
    assert "The teacher did not move" in solved.shown("your-first-step")
    assert "No weight moved" in untouched.shown("your-first-step")


def moves(said):
    return [float(each) for each in re.findall(r"   moved by (\S+)", said)]


def test_without_zero_grad_each_step_from_one_place_goes_further(executed):
    first, second, third = moves(executed.said("debug-this-code"))
    assert (second, third) == pytest.approx((2 * first, 3 * first), abs=0.002)


def test_with_zero_grad_the_three_steps_are_alike(written):
    source = {each.id: each.source for each in written.source}
    said, scope = [], {}
    exec("import torch; from course_lib.losses.reference import kl, softmax", scope)
    exec(source["two-models"], scope)
    scope["print"] = said.append
    exec(
        source["debug-this-code"].replace("loss.backward", "descent.zero_grad(); loss.backward"),
        scope,
    )
    assert len(set(moves("\n".join(said)))) == 1
    assert len(said) == 3


def test_with_momentum_only_the_sum_over_the_real_move_foretells_the_change(solved):
    rows = [numbers(line) for line in solved.said("momentum-run").splitlines()[1:]]
    assert len(rows) == 6
    for _, promise, change in rows:
        assert promise == pytest.approx(change, rel=0.15)
    for plain, _, change in rows[1:]:
        assert abs(plain - change) > 0.4 * abs(change)


def test_the_remainder_is_of_second_order(solved, untouched):
    alt = solved.shown("remainder-figure")
    per_square = [float(each) for each in re.findall(r"\(([\d.]+) η²\)", alt)]
    assert per_square[:3] == pytest.approx([0.0822] * 3, rel=0.05)
    assert per_square[-1] > 2 * per_square[0]
    assert "No first-order change yet" in untouched.shown("remainder-figure")


# -- 6 and 7: who gains, who loses, and four steps in words ------------------------------------


def test_a_word_below_its_target_falls(executed):
    start, end, target = numbers(executed.said("who-gains-run").splitlines()[1])
    assert end < start < target
    assert "brightly from 0.35, target 0.36, push +0.010, change −0.013" in executed.shown(
        "who-gains-run"
    )


def test_a_step_for_the_batch_makes_one_of_its_inputs_worse(solved):
    batch, cheerful, gloomy = map(numbers, solved.said("two-inputs").splitlines())
    assert batch[1] < batch[0]
    assert cheerful[1] < cheerful[0]
    assert gloomy[1] > gloomy[0] + 0.02
    assert "Worse than before: 1." in solved.shown("two-inputs")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("GOOD", "The step is of a good size"),
        ("TOO LARGE", "The direction is right, and the step is too large"),
        ("UPHILL", "That is uphill"),
        ("AT THE FLOOR", "The gradient is 0, and yet this is no match"),
    ],
)
def test_each_of_the_four_steps_is_called_what_it_is(solved, name, sentence):
    paragraphs = dict(
        re.findall(r"^([A-Z ]+)\n(.+?)\n\n", solved.said("four-reports") + "\n", re.M | re.S)
    )
    assert list(paragraphs) == ["GOOD", "TOO LARGE", "UPHILL", "AT THE FLOOR"]
    words = {key: " ".join(text.split()) for key, text in paragraphs.items()}
    assert [key for key in words if sentence in words[key]] == [name]
    assert "The teacher did not move" in words[name]


# -- 8: it happened to others ------------------------------------------------------------------


def test_half_a_freeze_leaves_every_weight_free_to_move(solved):
    before, after = solved.said("museum-freeze").splitlines()
    assert before.endswith("4,352")
    assert after.endswith(" 0")


def test_gradients_cleared_after_the_step_double_the_one_that_follows_a_validation(executed):
    before, after = map(numbers, executed.said("museum-zero").splitlines())
    assert [round(each / after[0]) for each in before] == [1, 2, 1, 2]
    assert len(after) == 4
    assert max(after) - min(after) < 0.0003


def test_weights_that_the_optimizer_does_not_hold_are_missed(solved):
    some, all_ = solved.said("museum-held").splitlines()
    assert int(re.search(r"(\d+)% of the weights", some)[1]) < 50
    assert "100% of the weights" in all_
    assert numbers(all_)[-1] < 10 * numbers(some)[-1] < 0


def test_a_value_is_told_for_the_promise(written):
    assert [call for call, _ in written.told] == ["first_order_change(before, after, grads)"]


@pytest.mark.parametrize("giveaway", ["requires_grad_(False)", "logits_t / T", "after[name] -"])
def test_the_release_holds_none_of_the_tell_tale_pieces_of_its_solutions(written, giveaway):
    assert giveaway in "\n".join(each.source for each in written.source)
    assert giveaway not in "\n".join(each.source for each in written.released)
