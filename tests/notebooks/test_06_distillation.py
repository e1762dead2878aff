"""What is special in the notebook on distillation: what its students learn, and what they cannot.

The short path is run with all other tests, the full one as a slow test: the sentences that hold for
both are asked of both, and the bands of docs/experiment_a.md of the full one alone.
"""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="module")
def written(written_as):
    return written_as("06_distillation")


@pytest.fixture(scope="module")
def short(written):
    return written.solved


@pytest.fixture(scope="module")
def full(written):
    return written.in_full


@pytest.fixture(
    params=["short", pytest.param("full", marks=pytest.mark.slow)],
)
def solved(request):
    return request.getfixturevalue(request.param)


def html(executed, id):
    """All that a cell has shown, the live display at its end included."""
    outputs = (each for each in executed.cell(id).outputs if "data" in each)
    return "".join(each.data.get("text/html", "") for each in outputs)


def trained(executed, id):
    """How each training of a cell ended: steps, KL and agreement (a share)."""
    lines = re.findall(
        r"^(\d+) steps: .* to (\S+) nats a token, agreement from \S+ to (\d+)%",
        executed.said(id), re.MULTILINE,
    )  # fmt: skip
    return [(int(steps), float(kl), int(percent) / 100) for steps, kl, percent in lines]


def scores(executed):
    """KL and agreement of the three students, as the figure of section 5 says them."""
    found = re.findall(
        r"(\w+): agreement ([\d.]+)%, KL ([\d.e−]+\d)", executed.shown("agreement-figure")
    )
    return {
        name: (float(kl.replace("−", "-")), float(percent) / 100) for name, percent, kl in found
    }


# -- time ------------------------------------------------------------------------------------


def test_the_short_path_takes_forty_seconds_of_one_core_at_most(short, record_property):
    record_property("seconds", round(short.seconds, 1))
    assert short.seconds < 40


@pytest.mark.slow
def test_the_full_path_takes_two_minutes_of_one_core_at_most(full, record_property):
    record_property("seconds", round(full.seconds, 1))
    assert full.seconds < 120
    assert [id for id, each in full.outputs() if each.get("name") == "stderr"] == []


# -- the students ----------------------------------------------------------------------------


def test_the_teacher_comes_down_to_the_entropy_of_the_language(solved):
    loss, least = re.search(
        r"25 steps: (\S+) nats a token\.\nThe least possible: (\S+)\.", solved.said("teacher")
    ).groups()
    assert float(least) == 0.449
    assert float(loss) < 0.49


def test_a_name_says_nothing_before_training(solved):
    alt = solved.shown("student-before")
    assert "the network with c: agreement 100.0%, KL 0;" in alt
    agreement, kl = re.search(r"with c′: agreement ([\d.]+)%, KL ([\d.]+\d)", alt).groups()
    assert 5 < float(agreement) < 45
    assert 0.6 < float(kl) < 1.6


def test_a_session_that_dies_goes_on_where_it_stopped(solved):
    said = solved.said("learn")
    (first, *_), (second, kl, agreement) = trained(solved, "learn")
    assert f"Resumed at step {first}." in said
    assert second > first
    assert kl < 0.03
    assert agreement > 0.95
    assert html(solved, "learn").count("<progress") == 2


def test_the_student_answers_as_its_teacher_does(solved):
    assert "differs" not in solved.said("speaks")


def test_agreement_does_not_see_what_the_argmax_loses(solved):
    (soft, _), (sampled, _), (argmax, agreement) = (
        scores(solved)[name] for name in ("soft", "sampled", "argmax")
    )
    assert agreement > 0.97
    assert argmax > 10 * max(soft, sampled), "what the prediction calls right"
    curve = re.search(r"argmax: ([\d.]+) at step 0", solved.shown("kl-figure"))
    assert argmax > float(curve[1]), "larger than before training"


def test_the_losses_of_different_targets_end_at_their_own_entropies(solved):
    losses = dict(re.findall(r"(\w+) +(\S+) nats a token", solved.said("losses")))
    assert float(losses["soft"]) < 0.05
    assert 0.44 < float(losses["sampled"]) < 0.53
    assert float(losses["argmax"]) < 0.05


def test_the_argmax_student_is_too_sure_and_the_others_are_not(solved):
    drawn = solved.shown("reliability-figure")
    share, confidence, accuracy = map(
        float,
        re.search(
            r"argmax:.* (\d+)% of tokens with confidence (\S+) and accuracy (0\.\d+)\.$", drawn
        ).groups(),
    )
    assert share > 85
    assert confidence > 0.95
    assert 0.5 < accuracy < 0.68
    counts = {
        line.split()[0]: int(re.search(r"\w+ (\d+)", line.split(maxsplit=1)[1])[1])
        for line in solved.said("counts").splitlines()
    }
    assert counts["argmax"] > 950
    assert 500 < counts["soft"] < 700


def test_the_floor_is_computed_and_met(solved):
    by_hand, floor, above = map(
        float,
        re.search(
            r"by hand (\S+), for this teacher (\S+)\. The student ends (\S+) from it",
            solved.said("floor"),
        ).groups(),
    )
    assert by_hand == pytest.approx(0.1155, abs=5e-5)
    assert floor == pytest.approx(by_hand, abs=0.02)
    assert -0.003 < above < 0.03
    assert f"A dashed line marks the floor, {floor:.3f}" in solved.shown("floor-figure")


def test_kept_answers_in_another_order_get_stuck_near_ln_2(solved):
    ((_, kl, agreement),) = trained(solved, "debug-this")
    assert kl == pytest.approx(0.68, abs=0.03)
    assert agreement < 0.45


def test_a_curve_stays_when_its_batches_are_cut_up(solved):
    difference = re.search(r"two curves: (\S+)", solved.said("museum-your-own"))
    assert float(difference[1]) < 1e-4


def test_a_mean_of_means_weighs_the_tokens_of_short_texts_more(solved):
    ratios = re.findall(r"ratio (\S+)", solved.said("museum-means"))
    assert ratios == ["10.0", "1.0"]


# -- the bands of the experiment, after all steps --------------------------------------------


@pytest.mark.slow
def test_the_soft_student_reaches_its_teacher(full):
    _, (steps, kl, agreement) = trained(full, "learn")
    assert steps <= 300
    assert kl < 0.003
    assert agreement > 0.999
    assert scores(full)["soft"][0] == pytest.approx(kl, rel=0.01)


@pytest.mark.slow
def test_the_sampled_student_does_too_with_noise(full):
    kl, agreement = scores(full)["sampled"]
    assert kl < 0.05
    assert agreement > 0.88


@pytest.mark.slow
def test_the_argmax_student_looks_perfect_and_is_not(full):
    kl, agreement = scores(full)["argmax"]
    assert agreement > 0.99
    assert kl > 1


@pytest.mark.slow
def test_the_student_ends_at_the_floor(full):
    above = re.search(r"The student ends (\S+) from it", full.said("floor"))
    assert -0.003 < float(above[1]) < 0.012


# -- what is not done, and what is mended ----------------------------------------------------


def test_what_waits_for_distill_says_so_in_words(written):
    untouched = written.untouched
    for id in ("learn", "learn-sampled", "learn-argmax", "floor", "debug-this"):
        assert "distill gives no list of losses yet" in untouched.said(id), id
    for id in ("kl-figure", "agreement-figure", "reliability-figure", "floor-figure"):
        assert untouched.shown(id).startswith("Not trained yet: "), id
    assert "distill gave 0 losses" in untouched.said("museum-your-own")


@pytest.mark.slow
def test_answers_that_are_kept_under_their_question_teach(written):
    needed = ("setup", "switches", "language", "teacher", "student-before", "distill-answer")
    node = written.node()
    node.cells = [each for each in node.cells if each.id in (*needed, "learn", "debug-this")]
    (told,) = [each.source for each in written.source if each.id == "debug-this-answer"]
    mended = node.cells[-1].source
    for broken, right in (
        (
            'self.said = [teacher(batch["xt"]) for batch in batches]',
            'self.said = {text(batch["xt"]): teacher(batch["xt"]) for batch in batches}',
        ),
        ("return self.said[(self.asked - 1) % len(self.said)]", "return self.said[text(tokens)]"),
    ):
        assert right in told
        assert broken in mended
        mended = mended.replace(broken, right)
    node.cells[-1].source = f"text = lambda tokens: tokens.numpy().tobytes()\n{mended}"
    ((_, kl, _),) = trained(written.run("mended", node), "debug-this")
    assert kl < 0.35
