"""Where experiment A begins: a teacher that reads rules, and a student that is its copy."""

from __future__ import annotations

import copy
from pathlib import Path

import torch

from course_lib.models.transformer import Transformer
from course_lib.persona.examples import RuleBatches
from course_lib.persona.language import Language
from course_lib.persona.truth import Truth
from course_lib.training.distillation import distill
from course_lib.training.plan import Plan
from course_lib.training.run import Run

LEARNING_RATE = 3e-3


def train_teacher(
    language: Language,
    *,
    steps: int = 300,
    size: int = 128,
    seed: int = 0,
    checkpoint: Path | None = None,
    live: bool = True,
) -> tuple[Transformer, Run]:
    """Teach a transformer to follow any rules: −log Pr_θ(ŷ|c,z), with ŷ drawn from the truth.

    The run's loss is a cross-entropy; the least possible is `language.entropy`. 300 steps take
    about 10 s of one core. The teacher comes back at rest: evaluation mode, nothing trainable.
    """
    teacher = Transformer(len(language.vocabulary), seed=seed)
    run = distill(
        teacher,
        Truth(language),
        RuleBatches(size=size, seed=seed),
        torch.optim.Adam(teacher.parameters(), LEARNING_RATE),
        Plan(steps=steps, target="sampled", seed=seed),
        checkpoint=checkpoint,
        live=live,
    )
    return teacher.eval().requires_grad_(False), run


def new_student(teacher: Transformer) -> Transformer:
    """A copy of the teacher that can be trained: the same network, which has never seen a tag."""
    return copy.deepcopy(teacher).train().requires_grad_(True)
