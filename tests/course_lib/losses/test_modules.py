import pytest
import torch

from course_lib.losses import DistillationLoss, Projection, distillation_loss

SETTINGS = {"divergence": "jsd", "share": 0.2, "alpha": 0.7, "temperature": 2.0, "t_squared": False}


def test_the_module_is_the_function_with_its_settings_fixed():
    student, teacher = torch.randn(2, 4, 6)
    labels = torch.tensor([0, 1, -1, 3])
    loss = DistillationLoss(**SETTINGS, ignore_index=-1, reduction="sum")
    expected = distillation_loss(
        student, teacher, labels, **SETTINGS, ignore_index=-1, reduction="sum"
    )
    torch.testing.assert_close(loss(student, teacher, labels), expected)


def test_it_takes_projections_masks_and_weights():
    hidden, weight, teacher = torch.randn(4, 3), torch.randn(6, 3), torch.randn(4, 6)
    mask, weights = torch.tensor([True, True, False, True]), torch.rand(4)
    student = Projection(hidden, weight)
    found = DistillationLoss()(student, teacher, mask=mask, weights=weights)
    expected = distillation_loss(student.logits(), teacher, mask=mask, weights=weights)
    torch.testing.assert_close(found, expected)


def test_settings_out_of_range_are_refused_at_once():
    with pytest.raises(ValueError, match="temperature"):
        DistillationLoss(temperature=-1.0)


def test_printing_it_tells_its_settings():
    assert "divergence='jsd'" in repr(DistillationLoss("jsd"))
