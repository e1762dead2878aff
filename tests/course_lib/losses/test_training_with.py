"""Losses inside what trainings are made of: torch.compile, and two processes with gloo."""

import os
import socket

import pytest
import torch
from torch import distributed, multiprocessing, nn
from torch.nn.parallel import DistributedDataParallel

from course_lib.losses import Projection, distillation_loss

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


@pytest.mark.parametrize("backend", ["torch", "chunked"])
def test_a_compiled_step_has_the_same_loss_and_gradients(backend):
    """The graph breaks inside the loss: how many tokens count is known only when it runs."""
    x, teacher = batch()
    plain, model = Student(), Student()
    loss = plain(x, teacher, backend)
    loss.backward()
    compiled = torch.compile(model, backend="aot_eager")
    found = compiled(x, teacher, backend)
    found.backward()
    torch.testing.assert_close(found, loss)
    for one, other in zip(gradients(model), gradients(plain), strict=True):
        torch.testing.assert_close(one, other)


@pytest.mark.parametrize("backend", ["torch", "chunked"])
def test_two_processes_have_the_gradient_of_one(backend, tmp_path):
    x, teacher = batch()
    alone = Student()
    alone(x, teacher, backend).backward()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    multiprocessing.start_processes(
        half_of_the_batch, (port, backend, str(tmp_path)), nprocs=2, start_method="fork"
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
    distributed.destroy_process_group()
