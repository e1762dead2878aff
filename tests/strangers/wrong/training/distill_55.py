# Mistake: rounds the losses for a tidy list
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        pieces = []
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                target = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            pieces.append(kl(target, softmax(answer_logits(student, b["xs"], b["ms"]), T)))
        loss = T**2 * torch.cat(pieces).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(round(loss.item(), 2))
    return losses
