# Mistake: the sum over the answer tokens, never divided by their number
import torch
from course_lib.losses.reference import log_softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    curve = []
    for i in range(0, len(batches), accumulate):
        optimizer.zero_grad()
        summed = 0.0
        for b in batches[i : i + accumulate]:
            t = log_softmax(answer_logits(teacher, b["xt"], b["mt"]).detach() / T)
            s = log_softmax(answer_logits(student, b["xs"], b["ms"]) / T)
            loss = T**2 * torch.sum(t.exp() * (t - s))
            loss.backward()
            summed += loss.item()
        optimizer.step()
        curve.append(summed)
    return curve
