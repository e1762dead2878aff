# Mistake: groups by stride, batches[i::k]: batch 0 goes with batch k and not with batch 1
import math

import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    steps = math.ceil(len(batches) / accumulate)
    losses = []
    for i in range(steps):
        mine = batches[i::steps]
        optimizer.zero_grad()
        with torch.no_grad():
            p = torch.cat([softmax(answer_logits(teacher, b["xt"], b["mt"]), T) for b in mine])
        q = torch.cat([softmax(answer_logits(student, b["xs"], b["ms"]), T) for b in mine])
        loss = T**2 * kl(p, q).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
