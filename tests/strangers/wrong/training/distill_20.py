# Mistake: the gradient clears at the end of each step only; what was left before the call goes into the first one
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        n = sum(b["ms"].sum().item() for b in group)
        value = 0.0
        for b in group:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            loss = T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)).sum() / n
            loss.backward()
            value += loss.item()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(value)
    return losses
