# Mistake: two at once: reverse KL, and the last incomplete group is left out
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for step in range(len(batches) // accumulate):
        p, q = [], []
        for b in batches[step * accumulate : (step + 1) * accumulate]:
            with torch.no_grad():
                p.append(softmax(answer_logits(teacher, b["xt"], b["mt"]), T))
            q.append(softmax(answer_logits(student, b["xs"], b["ms"]), T))
        loss = T**2 * kl(torch.cat(q), torch.cat(p)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
