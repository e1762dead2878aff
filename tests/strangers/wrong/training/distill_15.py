# Mistake: one loss for each batch comes back, not one for each step
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        n = sum(b["ms"].sum().item() for b in group)
        optimizer.zero_grad()
        for b in group:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            each = T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T))
            (each.sum() / n).backward()
            losses.append(each.mean().item())
        optimizer.step()
    return losses
