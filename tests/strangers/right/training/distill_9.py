# Right: two passes over a group: without gradients for the number to report and the count, then for the gradient (of the cross-entropy)
import torch
from course_lib.losses.reference import kl, softmax, log_softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    curve = []
    for start in range(0, len(batches), accumulate):
        group = batches[start : start + accumulate]
        targets, each = [], []
        with torch.no_grad():
            for b in group:
                targets.append(softmax(answer_logits(teacher, b["xt"], b["mt"]), T))
                each.append(kl(targets[-1], softmax(answer_logits(student, b["xs"], b["ms"]), T)))
        each = torch.cat(each)
        optimizer.zero_grad()
        for b, p in zip(group, targets):
            cross = -(p * log_softmax(answer_logits(student, b["xs"], b["ms"]) / T)).sum()
            (T**2 * cross / len(each)).backward()
        optimizer.step()
        curve.append(T**2 * each.mean().item())
    return curve
