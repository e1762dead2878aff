"""The kernels without a GPU: interpreted against the plain backend, and compiled for GPUs."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import torch

from course_lib.losses import Projection, TopK, choose_backend, distillation_loss
from course_lib.losses.objective import NAMES

ROOT = Path(__file__).resolve().parents[3]
INTERPRETED = Path(__file__).with_name("interpreted_kernels.py")

needs_triton = pytest.mark.skipif(
    find_spec("triton") is None, reason="the package triton is not installed"
)
CAPABILITIES = (80, 90, 100)


@needs_triton
def test_interpreted_kernels_agree_with_the_plain_backend():
    """In a process of its own: Triton decides once, when kernels are defined, who runs them."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore::RuntimeWarning", str(INTERPRETED)],
        cwd=ROOT,
        env={**os.environ, "TRITON_INTERPRET": "1"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


@needs_triton
@pytest.mark.parametrize("name", [*NAMES, "none"])
def test_kernels_compile_for_gpus_without_spilling_registers(name, tmp_path):
    for capability in CAPABILITIES:
        cubin = tmp_path / f"{capability}.cubin"
        cubin.write_bytes(compiled(name, capability))
        usage = resources(cubin)
        assert usage["LOCAL"] == usage["STACK"] == 0, (capability, usage)


def compiled(name: str, capability: int) -> bytes:
    """The kernel for float32 logits, bfloat16 gradients and labels, as `launch` would have it."""
    import triton
    from triton.backends.compiler import GPUTarget
    from triton.compiler import ASTSource

    from course_lib.losses.triton.kernels import differentiate_rows
    from course_lib.losses.triton.launch import MOST_BLOCK, WARPS

    constants = {"DIVERGENCE": name, "LABELLED": True, "GRADIENT": True, "BLOCK": MOST_BLOCK}
    types = {
        **dict.fromkeys(("student", "teacher", "weights", "losses"), "*fp32"),
        **{"gradient": "*bf16", "labels": "*i64", "V": "i32"},
        **dict.fromkeys(("student_stride", "teacher_stride", "gradient_stride"), "i64"),
        **dict.fromkeys(("inverse_T", "share", "factor", "slope", "hard"), "fp32"),
        **dict.fromkeys(constants, "constexpr"),
    }
    names = differentiate_rows.arg_names
    source = ASTSource(
        differentiate_rows,
        {each: types[each] for each in names},
        {(names.index(each),): value for each, value in constants.items()},
    )
    target = GPUTarget("cuda", capability, 32)
    return triton.compile(source, target=target, options={"num_warps": WARPS}).asm["cubin"]


def resources(cubin: Path) -> dict[str, int]:
    """Registers, stack and the like, as NVIDIA's tool reads them off."""
    import triton

    tool = Path(triton.__file__).parent / "backends" / "nvidia" / "bin" / "cuobjdump"
    command = [tool, "--dump-resource-usage", cubin]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    fields = (each.split(":") for each in text.split() if each.count(":") == 1)
    return {name: int(value) for name, value in fields if value.isdigit()}


def test_what_the_kernels_cannot_do_is_refused_with_a_reason():
    logits = torch.zeros(2, 3)
    top = TopK(torch.zeros(2, 1, dtype=torch.int64), torch.zeros(2, 1))
    for student, teacher, says in (
        (logits.double(), logits.double(), "float64|not installed"),
        (logits, top, "top k"),
        (logits, logits, "are on cpu|not installed"),
    ):
        with pytest.raises(ValueError, match=says):
            distillation_loss(student, teacher, backend="triton")
    assert choose_backend(logits).name == "torch"


def test_losses_do_without_triton():
    program = "import sys; sys.modules['triton'] = None; import course_lib.losses as losses; " + (
        "import torch; print(losses.distillation_loss(torch.ones(2, 3), torch.ones(2, 3)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "tensor(0.)\n", done.stderr


# -- on a GPU, the same for real ------------------------------------------------------------------


@needs_triton
@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device")
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
@pytest.mark.parametrize("name", NAMES)
def test_on_a_gpu_projections_and_logits_agree_with_the_plain_backend(name, dtype):
    draw = torch.Generator("cuda").manual_seed(0)
    student = Projection(
        torch.randn(300, 64, generator=draw, device="cuda").to(dtype).requires_grad_(),
        torch.randn(5000, 64, generator=draw, device="cuda").div(8).to(dtype).requires_grad_(),
    )
    teacher = Projection(
        torch.randn(300, 128, generator=draw, device="cuda").to(dtype),
        torch.randn(5000, 128, generator=draw, device="cuda").div(11).to(dtype),
    )
    labels = torch.randint(5000, (300,), generator=draw, device="cuda")
    labels[::3] = -100
    assert choose_backend(student).name == "triton"
    made = []
    for backend in ("torch", "auto"):
        loss = distillation_loss(
            student, teacher, labels, divergence=name, alpha=0.7, temperature=2.0, backend=backend
        )
        made.append((loss, *torch.autograd.grad(loss, (student.hidden, student.weight))))
    tolerance = 3 * torch.finfo(dtype).eps + 1e-5
    for plain, fast in zip(*made, strict=True):
        assert (plain.float() - fast.float()).norm() <= tolerance * plain.float().norm()


@needs_triton
@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device")
def test_on_a_gpu_rows_may_lie_beyond_the_reach_of_32_bits():
    """2³¹ + V logits in bfloat16: 4.3 GB for the student, whose last row is looked at."""
    V = 131_072
    N = 2**31 // V + 1
    student = torch.zeros(N, V, dtype=torch.bfloat16, device="cuda")
    student[-1, 0] = 3.0
    loss = distillation_loss(
        student, torch.zeros(1, V, device="cuda").expand(N, V), reduction="sum"
    )
    alone = distillation_loss(student[-1:].cpu(), torch.zeros(1, V), reduction="sum")
    torch.testing.assert_close(loss.cpu(), alone, rtol=1e-4, atol=0)
