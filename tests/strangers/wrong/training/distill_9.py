# Mistake: T only as T² before the sum; the distributions are those of temperature 1
import torch
from course_lib.losses.reference import log_softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        tl, sl = [], []
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                tl.append(answer_logits(teacher, b["xt"], b["mt"]))
            sl.append(answer_logits(student, b["xs"], b["ms"]))
        lt, ls = log_softmax(torch.cat(tl)), log_softmax(torch.cat(sl))
        loss = T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
