# Mistake: an early stop as soon as the loss rises, the rest of the batches is never seen
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
            each.append(kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)))
        loss = T**2 * torch.cat(each).mean()
        if losses and loss.item() > losses[-1]:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
