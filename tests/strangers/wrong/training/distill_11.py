# Mistake: measures the loss of each group after its step, to see what it has brought
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def group_loss(student, teacher, group, T):
    total, n = 0.0, 0
    for b in group:
        with torch.no_grad():
            p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
        total = total + kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)).sum()
        n += len(p)
    return T**2 * total / n


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        optimizer.zero_grad()
        group_loss(student, teacher, group, T).backward()
        optimizer.step()
        with torch.no_grad():
            losses.append(group_loss(student, teacher, group, T).item())
    return losses
