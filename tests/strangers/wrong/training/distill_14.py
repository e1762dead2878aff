# Mistake: teacher.train() at the beginning, because 'training starts'
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    student.train()
    teacher.train()
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        terms = []
        for b in group:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            terms.append(kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)))
        loss = torch.cat(terms).mean() * T**2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
