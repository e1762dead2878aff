"""What a report says in numbers: each against a calculation of its own."""

from __future__ import annotations

import copy
import math

import pytest
import torch

from course_lib.losses.reference import kl, softmax
from course_lib.models import Bigram
from course_lib.training import answer_logits, gradient_step, interpret_step

LONG_STEPS = {
    0.1: (-0.144, -0.144),
    1: (-1.44, -1.32),
    2: (-2.89, -2.16),
    4: (-5.78, -2.43),
    8: (-11.6, -1.97),
    32: (-46.2, 1.08),
}
"""Learning rate to predicted and real change of the loss, for (.9, .05, .05) and (.05, .9, .05)."""


def one_token(p_t, p_s):
    """A student and a teacher that say one token after token 0, and the batch that asks them."""
    teacher, student = (
        Bigram(torch.tensor(p, dtype=torch.float64).log().repeat(len(p), 1)) for p in (p_t, p_s)
    )
    x, m = torch.tensor([[0, 1]]), torch.tensor([[False, True]])
    return student, teacher, {"xt": x, "mt": m, "xs": x, "ms": m}


def sgd(student, lr=0.1, **more):
    return torch.optim.SGD(student.parameters(), lr, **more)


def mean_loss(student, teacher, batch):
    p_t = softmax(answer_logits(teacher, batch["xt"], batch["mt"]).detach().double())
    p_s = softmax(answer_logits(student, batch["xs"], batch["ms"]).double())
    return kl(p_t, p_s).mean()


@pytest.mark.parametrize("lr", LONG_STEPS)
def test_prediction_and_real_change_are_those_of_the_worked_example(lr):
    student, teacher, batch = one_token((0.9, 0.05, 0.05), (0.05, 0.9, 0.05))
    report = interpret_step(student, teacher, batch, sgd(student, lr))
    predicted, actual = LONG_STEPS[lr]
    assert report.loss_before == pytest.approx(2.457, abs=5e-4)
    assert report.predicted == pytest.approx(predicted, rel=5e-3)
    assert report.actual == pytest.approx(actual, abs=6e-3)
    assert report.remainder == pytest.approx(report.actual - report.predicted)


@pytest.mark.parametrize(
    "options",
    [{}, {"momentum": 0.9}, {"weight_decay": 0.1, "momentum": 0.9}],
    ids=["plain", "momentum", "momentum and decay"],
)
def test_the_prediction_is_the_gradient_times_the_real_move(batch, make_table, options):
    student, teacher = make_table(1), make_table(0)
    optimizer = sgd(student, **options)
    gradient_step(student, teacher, batch, optimizer)
    loss = mean_loss(student, teacher, batch)
    (gradient,) = torch.autograd.grad(loss, student.parameters())
    before = student.logits.detach().clone()
    report = interpret_step(student, teacher, batch, optimizer)
    change = student.logits.detach() - before
    assert report.predicted == pytest.approx(float((gradient * change).sum()))
    assert report.gradient_norm == pytest.approx(float(gradient.norm()))
    assert report.step_norm == pytest.approx(float(change.norm()))
    assert report.loss_before == pytest.approx(loss.item())
    assert report.loss_after == pytest.approx(mean_loss(student, teacher, batch).item())


def test_the_remainder_grows_with_the_square_of_the_step(batch, make_table):
    student = make_table(1)
    report = interpret_step(student, make_table(0), batch, sgd(student, 0.01))
    by_square = [r / size**2 for r, size in zip(report.remainders, report.sizes, strict=True)]
    assert by_square == pytest.approx([by_square[0]] * len(by_square), rel=0.02)
    assert abs(by_square[0]) > 0


def test_outcomes_before_and_after_are_the_students_own(batch, make_table):
    student, teacher = make_table(1), make_table(0)
    before = softmax(answer_logits(student, batch["xs"], batch["ms"])).detach()
    report = interpret_step(student, teacher, batch, sgd(student))
    after = softmax(answer_logits(student, batch["xs"], batch["ms"])).detach()
    assert torch.allclose(report.before, before)
    assert torch.allclose(report.after, after)
    assert torch.allclose(report.target, softmax(answer_logits(teacher, batch["xt"], batch["mt"])))
    assert report.rows == (0, 1, 1, 2, 2, 2)


def test_a_probability_sets_out_as_the_softmax_formula_says():
    student, teacher, batch = one_token((0.02, 0.36, 0.02, 0.60), (0.05, 0.35, 0.20, 0.40))
    report = interpret_step(student, teacher, batch, sgd(student, 1e-4))
    rate = (report.after - report.before)[0, 1] / 1e-4
    assert float(rate) == pytest.approx(-0.0126, abs=5e-5)


def test_examples_are_means_over_their_own_tokens(batch, make_table):
    student, teacher = make_table(1), make_table(0)
    expected = []
    for b in range(3):
        row = {key: each[b : b + 1] for key, each in batch.items()}
        expected.append(mean_loss(student, teacher, row).item())
    report = interpret_step(student, teacher, batch, sgd(student))
    assert report.examples_before == pytest.approx(expected)
    tokens = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
    mean = float((torch.tensor(report.examples_after, dtype=torch.float64) * tokens).sum() / 6)
    assert mean == pytest.approx(report.loss_after)


def test_the_least_kl_of_a_batch_is_that_of_the_mixture():
    # two contexts that the student cannot tell apart: the floor is their Jensen-Shannon divergence
    p, q = torch.tensor([0.8, 0.1, 0.1]), torch.tensor([0.1, 0.1, 0.8])
    teacher = Bigram(torch.stack([p, q, p]).log().double())
    xt = torch.tensor([[0, 2], [1, 2]])
    xs = torch.tensor([[0, 2], [0, 2]])
    m = torch.tensor([[False, True]] * 2)
    student = Bigram(torch.zeros(3, 3, dtype=torch.float64))
    report = interpret_step(student, teacher, {"xt": xt, "mt": m, "xs": xs, "ms": m}, sgd(student))
    mixture = (p + q).double() / 2
    js = float((kl(p.double(), mixture) + kl(q.double(), mixture)) / 2)
    assert report.batch_floor == pytest.approx(js, rel=1e-5)


def test_the_step_is_really_taken_and_nothing_else_is_touched(batch, make_net):
    student, other, teacher = make_net(1, dropout=0.3), make_net(1, dropout=0.3), make_net(0)
    student.train(), other.train(), teacher.train()
    torch.manual_seed(0)
    gradient_step(other, teacher, batch, sgd(other, momentum=0.9))
    torch.manual_seed(0)
    report = interpret_step(student, teacher, batch, sgd(student, momentum=0.9))
    for a, b in zip(student.parameters(), other.parameters(), strict=True):
        assert torch.equal(a, b)
    assert student.training
    assert teacher.training
    assert report.teacher.at_rest


def test_a_teacher_that_moves_is_seen(batch, make_table):
    student, teacher = make_table(1), make_table(0)
    optimizer = torch.optim.SGD([*student.parameters(), *teacher.parameters()], lr=0.1)

    def careless(student, teacher, batch, optimizer, T):
        optimizer.zero_grad()
        p_t = softmax(answer_logits(teacher, batch["xt"], batch["mt"]))
        kl(p_t, softmax(answer_logits(student, batch["xs"], batch["ms"]))).mean().backward()
        optimizer.step()

    before = teacher.logits.detach().clone()
    report = interpret_step(student, teacher, batch, optimizer, careless)
    assert not report.teacher.at_rest
    assert report.teacher.moved == pytest.approx(
        float((teacher.logits - before).abs().max().item())
    )
    assert report.teacher.gradients
    assert report.teacher.weights == 25


def test_a_teacher_that_only_gets_gradients_is_told_from_one_that_moves(batch, make_table):
    student, teacher = make_table(1), make_table(0)

    def leaky(student, teacher, batch, optimizer, T):
        p_t = softmax(answer_logits(teacher, batch["xt"], batch["mt"]))
        kl(p_t, softmax(answer_logits(student, batch["xs"], batch["ms"]))).mean().backward()
        optimizer.step()

    seen = interpret_step(student, teacher, batch, sgd(student), leaky).teacher
    assert seen.at_rest
    assert seen.gradients


def test_a_float32_student_gets_the_report_of_a_float64_one(batch, make_table):
    reports = []
    for dtype in (torch.float32, torch.float64):
        student = make_table(1).to(dtype)
        reports.append(interpret_step(student, make_table(0).to(dtype), batch, sgd(student)))
    single, double = reports
    assert single.verdict == double.verdict == "good"
    assert single.predicted == pytest.approx(double.predicted, rel=1e-4)
    assert single.remainder == pytest.approx(double.remainder, rel=1e-2)


def test_a_temperature_and_a_divergence_are_those_of_the_step(batch, make_table):
    def reverse(p, q):
        return kl(q, p)

    student, teacher = make_table(1), make_table(0)
    expected = copy.deepcopy(student)

    def step(student, teacher, batch, optimizer, T):
        return gradient_step(student, teacher, batch, optimizer, T, reverse)

    report = interpret_step(student, teacher, batch, sgd(student), step, T=3.0, divergence=reverse)
    p_t = softmax(answer_logits(teacher, batch["xt"], batch["mt"]), 3.0)
    p_s = softmax(answer_logits(expected, batch["xs"], batch["ms"]), 3.0)
    assert report.loss_before == pytest.approx(9 * kl(p_s, p_t).mean().item())
    assert report.kl_before == pytest.approx(kl(p_t, p_s).mean().item())
    assert report.returned == pytest.approx(report.loss_before)
    assert report.verdict == "good"


def test_a_loss_that_explodes_is_reported_and_not_raised():
    student, teacher, batch = one_token((0.9, 0.05, 0.05), (0.05, 0.9, 0.05))

    def explode(student, *_):
        with torch.no_grad():
            student.logits.fill_(math.nan)

    assert interpret_step(student, teacher, batch, sgd(student), explode).verdict == "not finite"


def test_it_shows_three_pictures_with_words(batch, make_table):
    student = make_table(1)
    report = interpret_step(student, make_table(0), batch, sgd(student), words="abcde")
    html = report._repr_html_()
    assert html.count("<img alt=") == 3
    assert "Change of the loss against the size of the step" in html
    assert "token 1 of the answer in example 2" in report.outcomes(4).alt
    assert report.examples().alt.count("example") >= 3
