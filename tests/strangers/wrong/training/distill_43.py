# Mistake: groups by the zip(*[iter]*k) idiom, which silently drops what is left at the end
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    out = []
    for group in zip(*[iter(batches)] * accumulate):
        optimizer.zero_grad()
        tokens = sum(len(b["ms"][b["ms"]]) for b in group)
        loss = 0.0
        for b in group:
            p = softmax(answer_logits(teacher, b["xt"], b["mt"]).detach(), T)
            q = softmax(answer_logits(student, b["xs"], b["ms"]), T)
            loss = loss + kl(p, q).sum() * T**2 / tokens
        loss.backward()
        optimizer.step()
        out.append(loss.item())
    return out
