# Mistake: trains a deep copy of the student; the student that was passed never moves
import copy

import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    student = copy.deepcopy(student)
    losses = []
    for i in range(0, len(batches), accumulate):
        p, q = [], []
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                p.append(softmax(answer_logits(teacher, b["xt"], b["mt"]), T))
            q.append(softmax(answer_logits(student, b["xs"], b["ms"]), T))
        loss = T**2 * kl(torch.cat(p), torch.cat(q)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
