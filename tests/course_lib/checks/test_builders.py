import pytest
import torch

from course_lib.checks.builders import MOST_WEIGHTS, build
from course_lib.checks.values import tensor

READER = {
    "weights": {
        "prior": tensor([0.0, 1, 2, 3]),
        "token.weight": tensor([[1.0] * 4] * 4),
        "context.weight": tensor([[2.0] * 4] * 4),
        "context.bias": tensor([5.0, 6, 7, 8]),
    }
}


def names(model):
    return {name for name, each in model.named_parameters() if each.requires_grad}


def test_models_get_their_weights_and_learn_in_training_mode_unless_told():
    model = build("reader", READER, {})
    assert {each.dtype for each in model.parameters()} == {torch.float64}
    assert model.prior.tolist() == [0, 1, 2, 3]
    assert all(each.requires_grad and each.grad is None for each in model.parameters())
    assert all(each.training for each in model.modules())
    bigram = build("bigram", {"weights": {"logits": tensor([[1.0, 0.0], [0.0, 2.0]])}}, {})
    assert bigram(torch.tensor([[1]])).tolist() == [[[0, 2]]]


def test_every_build_is_a_fresh_one():
    one, two = (build("reader", READER, {}) for _ in range(2))
    with torch.no_grad():
        one.prior.add_(1)
    assert two.prior.tolist() == READER["weights"]["prior"].data.tolist() == [0, 1, 2, 3]


def test_modes_flags_and_left_over_gradients_are_set():
    state = {
        "training": False,
        "learns": [True, False, True, False],
        "gradients": {"prior": tensor([1.0, 2, 3, 4])},
    }
    model = build("reader", {**READER, **state}, {})
    assert not any(each.training for each in model.modules())
    assert names(model) == {"prior", "context.weight"}
    assert model.prior.grad.tolist() == [1, 2, 3, 4]
    assert not names(build("reader", {**READER, "learns": False}, {}))


def test_a_transformer_is_made_from_its_settings():
    settings = {"vocabulary": 7, "width": 8, "heads": 2, "layers": 1, "seed": 3}
    one, two = (build("transformer", {"settings": settings}, {}) for _ in range(2))
    tokens = torch.tensor([[0, 1, 2]])
    assert one(tokens).shape == (1, 3, 7)
    torch.testing.assert_close(one(tokens), two(tokens))


def test_an_optimizer_moves_the_model_that_it_names():
    student = build("reader", READER, {})
    settings = {"of": "student", "kind": "SGD", "lr": 0.5, "momentum": 0.9}
    optimizer = build("optimizer", settings, {"student": student})
    assert optimizer.param_groups[0]["params"] == list(student.parameters())
    assert optimizer.defaults["momentum"] == 0.9
    student.prior.grad = torch.ones(4, dtype=torch.float64)
    optimizer.step()
    assert student.prior.tolist() == [-0.5, 0.5, 1.5, 2.5]


@pytest.mark.parametrize(
    ("builder", "value", "says"),
    [
        ("os", {}, "there is no builder 'os'"),
        ("optimizer", {"of": "student", "kind": "Momentum"}, "no optimizer 'Momentum'"),
        ("transformer", {"settings": {"vocabulary": 9000, "width": 240}}, f"most {MOST_WEIGHTS}"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(builder, value, says):
    with pytest.raises(ValueError, match=says):
        build(builder, value, {})
