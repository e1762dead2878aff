"""The notebook on tokens, masks and shifts: what it shows that no other does."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="module")
def written(written_as):
    return written_as("03_tokens_masks_shifts")


@pytest.fixture(scope="module")
def solved(written):
    return written.solved


@pytest.fixture(scope="module")
def untouched(written):
    return written.untouched


@pytest.fixture(params=["solved", "untouched"])
def executed(request):
    return request.getfixturevalue(request.param)


def test_padding_improves_the_reported_loss(executed):
    said = executed.said("opening-experiment")
    pads_and_losses = re.findall(r"(\d+) pads   reported loss (\S+)", said)
    assert pads_and_losses == [("0", "1.72"), ("6", "0.86"), ("18", "0.43"), ("58", "0.16")]


def test_the_prediction_is_explained_without_the_answer_to_the_question_after_it(solved):
    says = solved.shown("predict-padding-explained")
    assert "**falls**: Right" in says
    assert "divide" not in says


def test_the_solution_is_unmoved_by_padding(solved):
    drawn = solved.shown("your-curve-figure")
    assert "masked_kl: 1.72 with 0 pads, 1.72 with 6 pads, 1.72 with 18 pads" in drawn


def test_an_open_exercise_is_missing_from_the_curve_and_the_curve_says_so(untouched):
    drawn = untouched.shown("your-curve-figure")
    assert drawn.endswith("masked_kl: nothing to draw yet.")


def test_a_value_is_told_for_the_loss(written):
    assert [call for call, _ in written.told] == ["masked_kl(z_t, z_s, mask)"]


def factors(written, divisor):
    """By what the loss of the run to be debugged changes in each epoch, with that divisor."""
    source = {each.id: each.source for each in written.source}
    scope, said = {}, []
    exec("import torch, torch.nn.functional as F", scope)
    exec("from course_lib.losses.reference import kl, softmax", scope)
    exec(source["two-texts"], scope)
    exec("batches = [padded(columns) for columns in (0, 3, 9, 29)]", scope)
    scope["print"] = said.append
    exec(source["debug-this-code"].replace("mask.numel()", divisor), scope)
    return [float(each) for each in re.findall(r"× (\S+)", "\n".join(said))]


def test_the_run_to_be_debugged_jumps_with_its_padding_until_it_is_mended(written):
    broken, mended = factors(written, "mask.numel()"), factors(written, "mask.sum()")
    assert min(broken) < 0.4
    assert len(mended) == 7
    assert all(0.75 < factor < 0.8 for factor in mended)


def test_without_a_mask_the_wrong_student_wins(solved):
    said = solved.said("exhibit-a-code")
    rows = re.findall(r"without a mask (\S+)   your masked_kl (\S+)", said)
    (unmasked_1, masked_1), (unmasked_2, masked_2) = [map(float, row) for row in rows]
    assert unmasked_1 < unmasked_2
    assert masked_1 > masked_2


def test_without_a_shift_the_loss_is_better_and_the_text_worse(solved):
    said = solved.said("exhibit-b-code")
    runs = {
        name.strip(): (float(loss), text)
        for name, loss, text in re.findall(r"(.+?) +loss (\S+)   writes: (.+)", said)
    }
    copying, right = runs["not shifted"], runs["your shift"]
    assert copying[0] < 0.01 < right[0]
    assert copying[1] == "the the the the the the"
    assert right[1] == "the sun is shining brightly end"


def test_only_the_right_alignment_gives_zero_for_a_model_that_ignores_its_prompt(solved):
    *wrong, right = [float(line.split()[-1]) for line in solved.said("exhibit-c-code").splitlines()]
    assert len(wrong) == 3
    assert min(wrong) > 0.1
    assert right == 0


def test_the_mean_of_means_weighs_tokens_by_their_company(solved):
    said = solved.said("exhibit-d-code")
    assert re.search(r"mean of means +2\.00   weights 0\.500 0\.167 0\.167 0\.167", said)
    assert re.search(r"mean of tokens +2\.50   weights 0\.250 0\.250 0\.250 0\.250", said)


def test_one_empty_batch_spoils_the_rest_unless_it_is_specified(solved):
    broken, right = solved.said("exhibit-e-code").splitlines()
    assert broken.split()[-4:] == ["nan"] * 4
    losses = [float(each) for each in right.split()[-6:]]
    assert losses[2] == 0
    assert losses[0] > losses[1] > losses[3] > losses[4] > losses[5]


def test_exhibits_wait_for_functions_that_are_not_written(untouched):
    for id in ("exhibit-a-code", "exhibit-c-code", "exhibit-e-code"):
        assert "not yet" in untouched.said(id), id
