# Mistake: the student is its own teacher: asks the student with the full context
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        p_t = softmax(student(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    p_s = softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)
    loss = T**2 * kl(p_t, p_s).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
