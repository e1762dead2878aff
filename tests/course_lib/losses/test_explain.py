import pytest
import torch

from course_lib.losses import distillation_loss, explain
from course_lib.losses.objective import NAMES


@pytest.fixture
def pair():
    generator = torch.Generator().manual_seed(3)
    return [torch.randn(2, 3, 5, dtype=torch.float64, generator=generator) for _ in range(2)]


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_sum_to_the_loss_and_the_gradients_are_its_own(pair, name):
    teacher, student = pair
    student.requires_grad_()
    mask = torch.tensor([[True, True, False], [True, False, True]])
    loss = distillation_loss(student, teacher, divergence=name, temperature=2.0, mask=mask)
    loss.backward()
    found = explain(teacher, student, divergence=name, temperature=2.0, mask=mask)
    torch.testing.assert_close(found.total, loss.detach())
    torch.testing.assert_close(found.gradient / mask.sum(), student.grad)
    assert found.losses[0, 2] == 0


def test_the_gradient_of_the_forward_kl_is_t_times_the_difference(pair):
    teacher, student = pair
    found = explain(teacher, student, temperature=3.0)
    torch.testing.assert_close(found.gradient, 3.0 * (found.student - found.teacher))


def test_the_figure_is_about_the_costliest_token(pair):
    found = explain(*pair)
    picture = found.figure(["a", "b", "c", "d", "e"])
    worst = int(found.losses.reshape(-1).argmax())
    assert f"The costliest is token {worst + 1}." in picture.alt
    heights = [bar.get_height() for bar in picture.figure.axes[0].patches]
    assert heights == found.losses.reshape(-1).tolist()
    assert len(picture.png()) > 1000


def test_inputs_that_do_not_fit_are_refused(pair):
    teacher, student = pair
    with pytest.raises(ValueError, match="outcomes"):
        explain(teacher[..., :4], student)
