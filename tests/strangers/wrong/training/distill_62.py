# Mistake: the last, incomplete group's batches are there, but its sum is divided by the tokens of the group before
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses, N = [], 1
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        if len(group) == accumulate or i == 0:
            N = sum(b["ms"].sum().item() for b in group)
        optimizer.zero_grad()
        value = 0.0
        for b in group:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            loss = T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)).sum() / N
            loss.backward()
            value += loss.item()
        optimizer.step()
        losses.append(value)
    return losses
