# Mistake: the losses written down are right, but the gradients are those of a mean of means
import torch
from course_lib.losses.reference import log_softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        optimizer.zero_grad()
        numerator, denominator = 0.0, 0
        for b in group:
            with torch.no_grad():
                t = log_softmax(answer_logits(teacher, b["xt"], b["mt"]) / T)
            s = log_softmax(answer_logits(student, b["xs"], b["ms"]) / T)
            each = T**2 * (t.exp() * (t - s)).sum(-1)
            (each.mean() / len(group)).backward()
            numerator += each.sum().item()
            denominator += each.numel()
        optimizer.step()
        losses.append(numerator / denominator)
    return losses
