# Mistake: KL the other way round, student first
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    with torch.no_grad():
        p = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    q = softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)
    loss = T**2 * kl(q, p).mean()
    loss.backward()
    optimizer.step()
    return loss.item()
