"""Losses inside what trainings are made of: torch.compile, and two processes with gloo."""

import math
import os
import socket

import pytest
import torch
from torch import distributed, multiprocessing, nn
from torch.nn.parallel import DistributedDataParallel

from course_lib.losses import Projection, TopK, distillation_loss
from course_lib.losses.objective import NAMES

N, D, V = 8, 5, 11


def batch():
    generator = torch.Generator().manual_seed(0)
    return torch.randn(N, D, generator=generator), torch.randn(N, V, generator=generator)


class Student(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(1)
        self.body, self.head = nn.Linear(D, D), nn.Linear(D, V)

    def forward(self, x, teacher, backend):
        student = Projection(self.body(x).tanh(), self.head.weight, self.head.bias)
        return distillation_loss(student, teacher, temperature=2.0, backend=backend)


def gradients(model):
    return [each.grad for each in model.parameters()]


@pytest.fixture(autouse=True)
def forget_graphs():
    """Torch gives up on a function that it has compiled too often for other arguments."""
    torch.compiler.reset()
    yield
    torch.compiler.reset()


@pytest.mark.parametrize("backend", ["torch", "chunked"])
def test_a_compiled_step_has_the_same_loss_and_gradients(backend):
    x, teacher = batch()
    plain, model = Student(), Student()
    loss = plain(x, teacher, backend)
    loss.backward()
    compiled = torch.compile(model, backend="aot_eager", fullgraph=backend == "torch")
    found = compiled(x, teacher, backend)
    found.backward()
    torch.testing.assert_close(found, loss)
    for one, other in zip(gradients(model), gradients(plain), strict=True):
        torch.testing.assert_close(one, other)


def assert_one_graph(student, teacher, labels=None, **options):
    """Compiled whole, the loss of logits has the value and the gradient that it has otherwise."""
    made = []
    for function in (
        distillation_loss,
        torch.compile(distillation_loss, backend="aot_eager", fullgraph=True),
    ):
        loss = function(student, teacher, labels, **options)
        made.append((loss, *torch.autograd.grad(loss.sum(), (student,))))
    for plain, compiled in zip(*made, strict=True):
        assert plain.isfinite().all()
        torch.testing.assert_close(compiled, plain)


@pytest.mark.parametrize("name", NAMES)
def test_the_plain_backend_compiles_into_one_graph_whatever_is_ignored(name):
    labels = torch.tensor([1, 2, -100, 10, 4, -100, 6, 7])
    student, teacher = batch()[1], torch.randn(N, V)
    student[2] = teacher[5] = math.nan
    assert_one_graph(
        student.requires_grad_(), teacher, labels, divergence=name, alpha=0.4, temperature=2.0
    )


@pytest.mark.parametrize("rest", ["renormalise", "bucket", "zero"])
def test_so_it_does_with_a_top_k_and_weights(rest):
    log_probs, ids = torch.randn(N, V).log_softmax(-1).topk(3)
    weights = torch.linspace(0, 1, N)
    student = batch()[1].requires_grad_()
    assert_one_graph(student, TopK(ids, log_probs, rest), weights=weights, reduction="none")


def test_around_the_chunked_loss_a_graph_breaks_and_nowhere_else():
    x, teacher = batch()
    found = torch._dynamo.explain(Student())(x, teacher, "chunked")
    assert found.break_reasons
    for each in found.break_reasons:
        assert "the chunked loss looks at its numbers" in each.reason
    with pytest.raises(torch._dynamo.exc.Unsupported, match="looks at its numbers"):
        torch.compile(Student(), backend="eager", fullgraph=True)(x, teacher, "chunked")


@pytest.mark.parametrize("backend", ["torch", "chunked"])
def test_two_processes_have_the_gradient_of_one(backend, tmp_path):
    x, teacher = batch()
    alone = Student()
    alone(x, teacher, backend).backward()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    multiprocessing.start_processes(
        half_of_the_batch,
        (port, backend, str(tmp_path)),
        nprocs=2,
        daemon=True,
        start_method="fork",
    )
    for rank in range(2):
        found = torch.load(tmp_path / f"{rank}.pt")
        for one, other in zip(found, gradients(alone), strict=True):
            torch.testing.assert_close(one, other)


def half_of_the_batch(rank, port, backend, directory):
    os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", rank=rank, world_size=2)
    model = DistributedDataParallel(Student())
    x, teacher = batch()
    mine = slice(rank * N // 2, (rank + 1) * N // 2)
    model(x[mine], teacher[mine], backend).backward()
    torch.save(gradients(model), f"{directory}/{rank}.pt")
    distributed.barrier()
    # Without destructors: that of gloo's group waits, with Python's lock in hand, for a thread that
    # may be waiting for the lock.
    os._exit(0)
