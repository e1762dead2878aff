# Mistake: a group of accumulate + 1 batches: the counter is compared before it is raised
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses, held, counter = [], [], 0
    for b in batches:
        with torch.no_grad():
            p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
        held.append(T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)))
        if counter == accumulate or b is batches[-1]:
            loss = torch.cat(held).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            held, counter = [], 0
        else:
            counter += 1
    return losses
