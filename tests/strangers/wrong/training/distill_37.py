# Mistake: asks the teacher once, about the first batch of a group, and uses as many of its rows as fit for the others
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        with torch.no_grad():
            p_all = softmax(answer_logits(teacher, group[0]["xt"], group[0]["mt"]), T)
        parts = []
        for b in group:
            q = softmax(answer_logits(student, b["xs"], b["ms"]), T)
            p = p_all[torch.arange(len(q)) % len(p_all)]
            parts.append(kl(p, q))
        loss = T**2 * torch.cat(parts).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
