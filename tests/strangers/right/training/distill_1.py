# Right: backward on plain sums, the gradients are divided by the group's token count before the step
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    optimizer.zero_grad()
    total, tokens = 0.0, 0
    for number, b in enumerate(batches, start=1):
        with torch.no_grad():
            p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
        summed = T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)).sum()
        summed.backward()
        total += summed.item()
        tokens += len(p)
        if number % accumulate and number < len(batches):
            continue
        for group in optimizer.param_groups:
            for w in group["params"]:
                if w.grad is not None:
                    w.grad.div_(tokens)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(total / tokens)
        total, tokens = 0.0, 0
    return losses
