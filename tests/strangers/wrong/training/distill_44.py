# Mistake: takes all batches to be of the size of the group's first: N = accumulate × its tokens
import torch
from course_lib.losses.reference import log_softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses, value, N = [], 0.0, None
    for k, b in enumerate(batches):
        if k % accumulate == 0:
            optimizer.zero_grad()
            N = int(b["ms"].sum()) * min(accumulate, len(batches) - k)
            value = 0.0
        with torch.no_grad():
            t = log_softmax(answer_logits(teacher, b["xt"], b["mt"]) / T)
        s = log_softmax(answer_logits(student, b["xs"], b["ms"]) / T)
        loss = T**2 * (t.exp() * (t - s)).sum() / N
        loss.backward()
        value += loss.item()
        if (k + 1) % accumulate == 0 or k + 1 == len(batches):
            optimizer.step()
            losses.append(value)
    return losses
