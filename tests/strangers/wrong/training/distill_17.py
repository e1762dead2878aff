# Mistake: divides by the number of examples (rows) of the group instead of the answer tokens
import torch
from course_lib.losses.reference import log_softmax, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        B = sum(len(b["xs"]) for b in group)
        total = 0.0
        for b in group:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            logq = log_softmax(answer_logits(student, b["xs"], b["ms"]) / T)
            total = total + (torch.xlogy(p, p) - p * logq).sum()
        loss = T**2 * total / B
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
