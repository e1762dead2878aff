import pytest
import torch

from course_lib.checks.reader import FixedDropout, Reader


def reader(dropped=None):
    model = Reader(4, dropped, torch.float64)
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.randn(parameter.shape, generator=generator, dtype=torch.float64))
    return model


def test_logits_depend_on_what_came_before_and_on_nothing_after():
    model, tokens = reader(), torch.tensor([[0, 1, 2, 3]])
    logits = model(tokens)
    assert logits.shape == (1, 4, 4)
    earlier, later = torch.tensor([[3, 1, 2, 3]]), torch.tensor([[0, 1, 2, 0]])
    assert not torch.allclose(model(earlier)[:, 1:], logits[:, 1:])
    torch.testing.assert_close(model(later)[:, :3], logits[:, :3])


def test_logits_are_linear_in_the_weights():
    one, two = reader(), reader()
    tokens = torch.tensor([[0, 1, 1, 3], [2, 2, 0, 1]])
    with torch.no_grad():
        for parameter in two.parameters():
            parameter.mul_(3)
    torch.testing.assert_close(two(tokens), 3 * one(tokens))


def test_dropout_takes_the_same_places_away_while_it_trains_and_none_at_rest():
    model, tokens = reader(torch.tensor([False, True, False, False])), torch.tensor([[0, 1, 2, 3]])
    plain = reader()
    plain.load_state_dict(model.state_dict())
    first, second = model(tokens), model(tokens)
    torch.testing.assert_close(first, second)
    assert not torch.allclose(first, plain(tokens))
    torch.testing.assert_close(model.eval()(tokens), plain(tokens))


def test_dropout_makes_up_for_what_it_takes_and_is_found_as_a_dropout():
    drop = FixedDropout(torch.tensor([True, False, False, False]))
    assert drop(torch.ones(2, 4)).tolist() == [[0, *[pytest.approx(4 / 3)] * 3]] * 2
    assert isinstance(drop, torch.nn.Dropout)
    assert drop.p == 0.25
