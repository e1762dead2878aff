# Mistake: the teacher reads the student's tokens and so knows only the short context
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        p, q = [], []
        for b in batches[i : i + accumulate]:
            x, m = b["xs"], b["ms"]
            with torch.no_grad():
                p.append(softmax(answer_logits(teacher, x, m), T))
            q.append(softmax(answer_logits(student, x, m), T))
        loss = T**2 * kl(torch.cat(p), torch.cat(q)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
