# Mistake: appends tensors to the list (and keeps their graphs alive)
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        ps, qs = [], []
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                ps.append(softmax(answer_logits(teacher, b["xt"], b["mt"]), T))
            qs.append(softmax(answer_logits(student, b["xs"], b["ms"]), T))
        loss = T**2 * kl(torch.cat(ps), torch.cat(qs)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses
