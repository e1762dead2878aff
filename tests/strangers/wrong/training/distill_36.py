# Mistake: the student's logits are detached together with the teacher's, nothing is left to differentiate (raises)
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        total, n = 0.0, 0
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
                q = softmax(answer_logits(student, b["xs"], b["ms"]), T)
            total = total + T**2 * kl(p, q).sum()
            n += len(p)
        loss = total / n
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
