# Mistake: shifts for the teacher and forgets to shift for the student
import torch
from course_lib.losses.reference import log_softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        t = log_softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]] / T)
    s = log_softmax(student(batch["xs"])[batch["ms"]] / T)
    loss = T**2 * (t.exp() * (t - s)).sum(-1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
