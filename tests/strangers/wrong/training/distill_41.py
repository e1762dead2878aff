# Mistake: the sums' gradients are divided by the last batch's token count only, not by the group's
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        optimizer.zero_grad()
        total, count = 0.0, 0
        for b in batches[i : i + accumulate]:
            n = int(b["ms"].sum())
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            loss = T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)).sum()
            loss.backward()
            total += loss.item()
            count += n
        for w in student.parameters():
            if w.grad is not None:
                w.grad /= n
        optimizer.step()
        losses.append(total / count)
    return losses
