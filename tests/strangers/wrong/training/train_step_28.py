# Mistake: the student is shown the teacher's tokens, with the full context
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    x, m = batch["xt"], batch["mt"]
    with torch.no_grad():
        p_t = softmax(teacher(x)[:, :-1][m[:, 1:]], T)
    p_s = softmax(student(x)[:, :-1][m[:, 1:]], T)
    loss = T**2 * kl(p_t, p_s).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
