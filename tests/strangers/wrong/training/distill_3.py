# Mistake: zero_grad before every batch, so of a group only the last batch's gradient arrives at the step
import torch
from course_lib.losses.reference import log_softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        chunk = batches[i : i + accumulate]
        tokens = sum(b["ms"].sum().item() for b in chunk)
        running = 0.0
        for b in chunk:
            optimizer.zero_grad()
            with torch.no_grad():
                lt = log_softmax(answer_logits(teacher, b["xt"], b["mt"]) / T)
            ls = log_softmax(answer_logits(student, b["xs"], b["ms"]) / T)
            loss = T**2 * (lt.exp() * (lt - ls)).sum() / tokens
            loss.backward()
            running += loss.item()
        optimizer.step()
        losses.append(running)
    return losses
