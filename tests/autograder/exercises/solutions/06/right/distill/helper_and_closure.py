from itertools import islice

import torch
import torch.nn.functional as F


def token_kl(student, teacher, batch, T):
    teacher_was = [p.requires_grad for p in teacher.parameters()]
    with torch.no_grad():
        t = teacher(batch["xt"])
    s = student(batch["xs"])
    t, s = t[:, :-1][batch["mt"][:, 1:]], s[:, :-1][batch["ms"][:, 1:]]
    ce = -(F.softmax(t / T, -1) * F.log_softmax(s / T, -1)).sum(-1)
    h = torch.distributions.Categorical(logits=t / T).entropy()
    assert teacher_was == [p.requires_grad for p in teacher.parameters()]
    return (ce - h) * T**2


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    iterator, losses = iter(batches), []
    while group := list(islice(iterator, accumulate)):

        def closure(group=group):
            optimizer.zero_grad()
            n = sum(b["ms"].sum().item() for b in group)
            total = 0.0
            for b in group:
                part = token_kl(student, teacher, b, T).sum() / n
                part.backward()
                total += part.item()
            return total

        losses.append(optimizer.step(closure))
    return losses
