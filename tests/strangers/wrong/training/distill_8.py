# Mistake: KL(student ‖ teacher)
import torch
from course_lib.losses.reference import log_softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    while len(losses) * accumulate < len(batches):
        at = len(losses) * accumulate
        group = batches[at : at + accumulate]
        optimizer.zero_grad()
        every = []
        for b in group:
            with torch.no_grad():
                t = log_softmax(answer_logits(teacher, b["xt"], b["mt"]) / T)
            s = log_softmax(answer_logits(student, b["xs"], b["ms"]) / T)
            every.append((s.exp() * (s - t)).sum(-1))
        loss = T**2 * torch.cat(every).mean()
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
    return losses
