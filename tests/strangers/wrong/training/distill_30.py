# Mistake: takes the batches out of the caller's list with pop(0), which is empty in the end
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    while batches:
        p, q = [], []
        for _ in range(min(accumulate, len(batches))):
            b = batches.pop(0)
            with torch.no_grad():
                p.append(softmax(answer_logits(teacher, b["xt"], b["mt"]), T))
            q.append(softmax(answer_logits(student, b["xs"], b["ms"]), T))
        loss = T**2 * kl(torch.cat(p), torch.cat(q)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
