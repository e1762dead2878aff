# Mistake: the tokens are counted on and on, never set back to 0 for the next group
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses, tokens = [], 0
    for i in range(0, len(batches), accumulate):
        total = 0.0
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            total = total + T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)).sum()
            tokens += len(p)
        loss = total / tokens
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
