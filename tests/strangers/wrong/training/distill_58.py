# Mistake: the temperature falls from step to step (annealing) although T is given
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        each = []
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            each.append(T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)))
        loss = torch.cat(each).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        T = max(1.0, 0.9 * T)
    return losses
