"""The bars on a GPU: bfloat16, V = 128,256, width 4,096, against Liger's two fused losses."""

from __future__ import annotations

import importlib
import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import torch

from benchmarks.losses import peers
from benchmarks.losses.accuracy import errors
from benchmarks.losses.contestants import LIGER_COMPILED, Contestant, ours
from benchmarks.losses.problem import Problem, Shape, draw, nearby

TOKENS = (1024, 2048, 4096, 8192, 16384)
IGNORED = (0.0, 0.5)
WIDTH, V = 4096, 128_256
ROUNDS = 10
OURS = Contestant("ours, triton", ours("triton"))


def fused_jsd(problem: Problem) -> torch.Tensor:
    """`LigerFusedLinearJSD`, whose β runs the same way."""
    peers.liger()  # puts it on the path
    module = importlib.import_module("liger_kernel.transformers.fused_linear_jsd")
    loss = module.LigerFusedLinearJSD(jsd_beta=problem.share, temperature=problem.temperature)
    student, teacher = problem.student, problem.teacher
    found: torch.Tensor = loss(
        student.hidden, student.weight, teacher.hidden, teacher.weight, problem.labels
    )
    return found


FUSED = Contestant("Liger, fused JSD", fused_jsd)
WHO = (OURS, FUSED, LIGER_COMPILED)


def run() -> tuple[str, str, bool]:
    """A table, one line with the figures, and whether every bar is met."""
    rate = _rate()
    rows, fused, chunked, lean, used = [], [], [], [], []
    for N in TOKENS:
        for ignored in IGNORED:
            shape = Shape(N, WIDTH, WIDTH, V)
            problem = draw(shape, "jsd", dtype=torch.bfloat16, device="cuda", ignored=ignored)
            times = _race([partial(_step, each, problem) for each in WHO])
            memory = [_peak(partial(_step, each, problem)) for each in WHO]
            flops = replace(shape, N=int((problem.labels != -100).sum())).flops
            fused.append(times[1] / times[0])
            chunked.append(times[2] / times[0])
            lean.append(memory[0] / min(memory[1:]))
            used.append(flops / times[0] / rate)
            cells = [f"{1e3 * t:.1f}, {m:.1f}" for t, m in zip(times, memory, strict=True)]
            rows.append(f"| {N:,} | {ignored:.0%} | {' | '.join(cells)} | {used[-1]:.0%} |")
    off = errors(OURS, _close())[1]
    bars = {
        f"fused JSD's time over ours {min(fused):.2f}": min(fused) >= 2,
        f"chunked loss's {min(chunked):.2f}": min(chunked) >= 1.3,
        f"memory of the leaner {max(lean):.2f}": max(lean) <= 1,
        f"rate of the machine's {min(used):.2f}": min(used) >= 0.6,
        f"gradient off by {off:.2%} at KL = 5e-4": off < 0.01,
    }
    name = torch.cuda.get_device_name()
    head = f"| N | ignored | {' | '.join(x.name for x in WHO)} | of {rate / 1e12:.0f} TFLOP/s |"
    title = f"{name}, torch {torch.__version__}; milliseconds, GB over inputs.\n"
    table = "\n".join([title, head, "|--:|--:|" + "--:|" * (len(WHO) + 1), *rows])
    line = ", ".join(text + ("" if ok else " (MISSED)") for text, ok in bars.items())
    return table, f"{name}: {line}", all(bars.values())


def _step(who: Contestant, problem: Problem) -> None:
    torch.autograd.grad(who.loss(problem), problem.leaves)


def _race(steps: Sequence[Callable[[], None]]) -> list[float]:
    """Median seconds of each, in turn, after two rounds that do not count."""
    found: list[list[float]] = [[] for _ in steps]
    for turn in range(ROUNDS + 2):
        for step, seconds in zip(steps, found, strict=True):
            start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
            start.record()
            step()
            end.record()
            torch.cuda.synchronize()
            if turn >= 2:
                seconds.append(start.elapsed_time(end) / 1e3)
    return [statistics.median(each) for each in found]


def _peak(step: Callable[[], None]) -> float:
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    step()
    return (torch.cuda.max_memory_allocated() - before) / 1e9


def _rate() -> float:
    """The machine's own rate of bfloat16 products, FLOP/s, at a size that suits it."""
    n = 8192
    a, b = (torch.randn(n, n, device="cuda", dtype=torch.bfloat16) for _ in range(2))
    out = torch.empty_like(a)

    def product() -> None:
        torch.mm(a, b, out=out)

    return 2 * n**3 / _race([product])[0]


def _close() -> Problem:
    """A student near its teacher, small enough for the truth to be computed on the host."""
    shape = Shape(N=64, d_s=256, d_t=256, V=8_000)
    problem = nearby(draw(shape, "forward_kl", dtype=torch.bfloat16, device="cuda"), 0.03)
    return problem
