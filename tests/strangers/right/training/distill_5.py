# Right: an iterator and islice make the groups; gradients are gathered by autograd.grad in a list
from itertools import islice

import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    weights = [w for g in optimizer.param_groups for w in g["params"] if w.requires_grad]
    stream, losses = iter(batches), []
    while group := list(islice(stream, accumulate)):
        tokens = sum(b["ms"].sum().item() for b in group)
        gathered, loss = [None] * len(weights), 0.0
        for b in group:
            p_t = softmax(answer_logits(teacher, b["xt"], b["mt"]).detach(), T)
            part = T**2 * kl(p_t, softmax(answer_logits(student, b["xs"], b["ms"]), T)).sum() / tokens
            for k, g in enumerate(torch.autograd.grad(part, weights, allow_unused=True)):
                if g is not None:
                    gathered[k] = g if gathered[k] is None else gathered[k] + g
            loss += part.item()
        for w, g in zip(weights, gathered):
            w.grad = g
        optimizer.step()
        losses.append(loss)
    return losses
