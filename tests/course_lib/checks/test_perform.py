import random

import numpy as np
import torch

from course_lib.checks.perform import perform
from course_lib.checks.probe import Backward, Call, Get, Make, Probe, Put, Read, Seed
from course_lib.checks.values import tensor

X = Put("x", tensor([1.0, 2.0]))


def ask(*steps, **namespace):
    return perform(Probe("probe", steps), namespace)


def test_a_call_is_read_back():
    answer = ask(X, Call("y", "double", ("x",)), Read("result", "y"), double=lambda x: 2 * x)
    assert answer.outcome == "value"
    assert answer.reads["result"].data.tolist() == [2.0, 4.0]


def test_keyword_arguments_are_passed_by_name():
    answer = ask(X, Call("y", "f", (), {"k": "x"}), Read("result", "y"), f=lambda *, k: k.sum())
    assert answer.reads["result"].data == 3


def test_a_variable_is_read():
    assert ask(Get("a", "answer"), Read("answer", "a"), answer="B").reads == {"answer": "B"}


def test_a_missing_function_or_variable_is_told():
    assert ask(X, Call("y", "f", ("x",))).outcome == "missing"
    assert ask(Get("a", "answer")).outcome == "missing"


def test_whatever_student_code_raises_is_an_answer():
    def leave(x):
        raise SystemExit(3)

    assert ask(X, Call("y", "f", ("x",)), f=leave).outcome == "raised"
    answer = ask(X, Call("y", "f", ("x",)), f=lambda x: x.nothing)
    assert answer.outcome == "raised"
    assert answer.detail.startswith("AttributeError:")


def test_an_error_with_a_hostile_message_is_an_answer():
    class Hostile(Exception):
        def __str__(self):
            raise KeyboardInterrupt

    def hostile(x):
        raise Hostile

    assert ask(X, Call("y", "f", ("x",)), f=hostile).detail == "Hostile"


def test_gradients_are_read_or_their_absence_told():
    leaf = Put("x", tensor([1.0, 2.0]).__class__(tensor([1.0, 2.0]).data, "float64", "torch", True))
    steps = (leaf, Call("y", "f", ("x",)), Read("result", "y"), Backward("y"),
             Read("gradient:x", "x", "gradient"))  # fmt: skip
    assert ask(*steps, f=lambda x: (x**2).sum()).reads["gradient:x"].data.tolist() == [2, 4]
    for cut in (lambda x: (x**2).sum().detach(), lambda x: 3.0, lambda x: x**2):
        answer = ask(*steps, f=cut)
        assert answer.outcome == "no graph"
        assert "result" in answer.reads


def test_an_unsupported_result_is_named():
    answer = ask(X, Call("y", "f", ("x",)), Read("result", "y"), f=lambda x: object())
    assert (answer.outcome, answer.detail) == ("unsupported type", "an object of type object")


def test_seeding_makes_draws_repeat():
    steps = (Seed(7), X, Call("y", "f", ("x",)), Read("result", "y"))
    first, second = (ask(*steps, f=lambda x: torch.rand(2)) for _ in range(2))
    assert first.reads["result"].data.tolist() == second.reads["result"].data.tolist()


def test_every_probe_gets_fresh_inputs():
    def spoil(x):
        x += 1
        return x

    step = (X, Call("y", "f", ("x",)), Read("result", "y"))
    assert ask(*step, f=spoil).reads["result"].data.tolist() == [2, 3]
    assert ask(*step, f=spoil).reads["result"].data.tolist() == [2, 3]


def test_a_generator_is_made_from_its_seed_and_its_state_is_read():
    make = Make("g", "generator", 7)
    before, after = Read("before", "g", "state"), Read("after", "g", "state")
    steps = (make, before, Call("y", "f", ("g",)), after, Read("result", "y"))
    drawn = ask(*steps, f=lambda g: torch.rand(1, generator=g))
    assert drawn.reads["result"].data == torch.rand(1, generator=torch.Generator().manual_seed(7))
    assert drawn.reads["before"].data.tolist() != drawn.reads["after"].data.tolist()
    left = ask(*steps, f=lambda g: torch.rand(1))
    assert left.reads["before"].data.tolist() == left.reads["after"].data.tolist()


def test_a_probe_leaves_the_random_numbers_of_the_notebook_alone():
    def draw(x):
        torch.manual_seed(3)
        return torch.rand(1) + np.random.rand() + random.random()

    def next_numbers():
        return random.random(), np.random.rand(), torch.rand(1).item()

    step = (Seed(1), X, Call("y", "f", ("x",)), Read("result", "y"))
    states = random.getstate(), np.random.get_state(), torch.get_rng_state()
    expected = next_numbers()
    random.setstate(states[0]), np.random.set_state(states[1]), torch.set_rng_state(states[2])
    ask(*step, f=draw)
    assert next_numbers() == expected


def test_a_model_whose_parameters_were_taken_away_has_no_numbers():
    def strip(model):
        for name, each in list(model.named_parameters(recurse=False)):
            delattr(model, name)
            model.register_buffer(name, each.detach())

    made = Make("model", "bigram", {"weights": {"logits": tensor([[0.0, 1.0], [1.0, 0.0]])}})
    reads = [Read(what, "model", what) for what in ("weights", "gradients", "learns")]
    answer = ask(made, Call("y", "strip", ("model",)), *reads, strip=strip)
    assert answer.outcome == "value"
    assert answer.reads["weights"].data.shape == answer.reads["gradients"].data.shape == (0,)
    assert answer.reads["learns"] == []
