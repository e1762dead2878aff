# Mistake: backward on the running sum after each batch, so the first batches of a group count several times
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        n = sum(b["mt"].sum().item() for b in group)
        optimizer.zero_grad()
        total = 0.0
        for b in group:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            total = total + T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)).sum() / n
            total.backward(retain_graph=True)
        optimizer.step()
        losses.append(total.item())
    return losses
