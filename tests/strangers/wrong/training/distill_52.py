# Mistake: the student is its own teacher, it is asked with the full context
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses, i = [], 0
    while i < len(batches):
        pairs = []
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                p = softmax(answer_logits(student, b["xt"], b["mt"]), T)
            pairs.append(kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)))
        i += accumulate
        loss = T**2 * torch.cat(pairs).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
