# Mistake: zero_grad once, before the loop, as if one clearing were enough for all steps
import torch
from course_lib.losses.reference import log_softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    optimizer.zero_grad()
    history = []
    groups = [batches[i : i + accumulate] for i in range(0, len(batches), accumulate)]
    for group in groups:
        total, count = 0.0, 0
        for b in group:
            with torch.no_grad():
                t = log_softmax(answer_logits(teacher, b["xt"], b["mt"]) / T)
            s = log_softmax(answer_logits(student, b["xs"], b["ms"]) / T)
            total = total + T**2 * (t.exp() * (t - s)).sum()
            count += t.shape[0]
        loss = total / count
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return history
