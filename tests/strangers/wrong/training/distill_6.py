# Mistake: the last, incomplete group is never stepped on: its gradients just stay there
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses, waiting, tokens = [], [], 0
    optimizer.zero_grad()
    for number, b in enumerate(batches, start=1):
        with torch.no_grad():
            p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
        q = softmax(answer_logits(student, b["xs"], b["ms"]), T)
        waiting.append(T**2 * kl(p, q).sum())
        tokens += len(p)
        if number % accumulate == 0:
            loss = torch.stack(waiting).sum() / tokens
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            losses.append(loss.item())
            waiting, tokens = [], 0
    return losses
