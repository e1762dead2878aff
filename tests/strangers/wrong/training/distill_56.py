# Mistake: a warm-up of the learning rate, copied from a big project, changes the size of the first steps
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    base = [g["lr"] for g in optimizer.param_groups]
    losses = []
    for i in range(0, len(batches), accumulate):
        each = []
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            each.append(T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)))
        loss = torch.cat(each).mean()
        for g, lr in zip(optimizer.param_groups, base):
            g["lr"] = lr * min(1.0, (len(losses) + 1) / 10)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    for g, lr in zip(optimizer.param_groups, base):
        g["lr"] = lr
    return losses
