# Mistake: a mean of means: each batch's own mean, then divided by the number of batches in the group
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        optimizer.zero_grad()
        value = 0.0
        for b in group:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            q = softmax(answer_logits(student, b["xs"], b["ms"]), T)
            loss = T**2 * kl(p, q).mean() / len(group)
            loss.backward()
            value += loss.item()
        optimizer.step()
        losses.append(value)
    return losses
