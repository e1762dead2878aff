# Mistake: cross-entropy to the teacher: the steps are right, but the numbers returned never come near 0
import torch
from course_lib.losses.reference import log_softmax, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        n = sum(b["ms"].sum().item() for b in group)
        optimizer.zero_grad()
        value = 0.0
        for b in group:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            logq = log_softmax(answer_logits(student, b["xs"], b["ms"]) / T)
            loss = -(T**2) * (p * logq).sum() / n
            loss.backward()
            value += loss.item()
        optimizer.step()
        losses.append(value)
    return losses
