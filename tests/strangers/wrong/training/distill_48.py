# Mistake: divides the learning rate by accumulate, in the optimizer that was passed
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    for g in optimizer.param_groups:
        g["lr"] = g["lr"] / accumulate
    losses = []
    for i in range(0, len(batches), accumulate):
        terms = []
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            terms.append(T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)))
        optimizer.zero_grad()
        loss = torch.cat(terms).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
