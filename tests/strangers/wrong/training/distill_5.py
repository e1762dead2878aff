# Mistake: a step after every batch; accumulate is only used to put the losses together
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    sums, counts = [], []
    for b in batches:
        with torch.no_grad():
            p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
        q = softmax(answer_logits(student, b["xs"], b["ms"]), T)
        each = T**2 * kl(p, q)
        optimizer.zero_grad()
        each.mean().backward()
        optimizer.step()
        sums.append(each.sum().item())
        counts.append(len(each))
    k = accumulate
    return [sum(sums[i : i + k]) / sum(counts[i : i + k]) for i in range(0, len(sums), k)]
