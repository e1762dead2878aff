import torch

from course_lib.models import Bigram
from course_lib.training import fit


def test_a_fitted_model_gives_the_answers_where_they_count():
    tokens = torch.tensor([[0, 1], [2, 1]])
    mask = torch.tensor([[False, True], [False, True]])
    answers = torch.full((2, 2, 3), 1 / 3)
    answers[0, 0] = torch.tensor([0.8, 0.1, 0.1])
    answers[1, 0] = torch.tensor([0.1, 0.2, 0.7])
    model = fit(Bigram(torch.zeros(3, 3)), tokens, mask, answers, steps=200, lr=0.1)
    assert not model.training
    found = model(tokens).softmax(-1)[:, 0]
    torch.testing.assert_close(found, answers[:, 0], atol=0.01, rtol=0)
