# Mistake: T² is multiplied onto the running total in the inner loop, so it piles up within a group
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        total, tokens = torch.zeros(()), 0
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            total = total + kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)).sum()
            total = total * T**2
            tokens += len(p)
        optimizer.zero_grad()
        (total / tokens).backward()
        optimizer.step()
        losses.append(total.item() / tokens)
    return losses
