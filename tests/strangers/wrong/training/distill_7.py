# Mistake: steps at batch 0, k, 2k, …: the first step comes after one batch, all groups are shifted
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses, total, tokens = [], 0.0, 0
    for i, b in enumerate(batches):
        with torch.no_grad():
            p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
        q = softmax(answer_logits(student, b["xs"], b["ms"]), T)
        total = total + T**2 * kl(p, q).sum()
        tokens += p.shape[0]
        if i % accumulate == 0 or i == len(batches) - 1:
            loss = total / tokens
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            total, tokens = 0.0, 0
    return losses
