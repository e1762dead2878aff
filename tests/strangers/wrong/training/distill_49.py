# Mistake: the steps are right, but a mean of means is written down as the loss
import torch
from course_lib.losses.reference import log_softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        N = sum(b["ms"].sum() for b in group)
        optimizer.zero_grad()
        shown = []
        for b in group:
            with torch.no_grad():
                t = log_softmax(answer_logits(teacher, b["xt"], b["mt"]) / T)
            s = log_softmax(answer_logits(student, b["xs"], b["ms"]) / T)
            each = T**2 * (t.exp() * (t - s)).sum(-1)
            (each.sum() / N).backward()
            shown.append(each.mean().item())
        optimizer.step()
        losses.append(sum(shown) / len(shown))
    return losses
