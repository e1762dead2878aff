# Mistake: a tensor (detached, but a tensor) comes back instead of a float
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    teacher_says = softmax(teacher(batch["xt"]).detach()[:, :-1][batch["mt"][:, 1:]], T)
    student_says = softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)
    loss = kl(teacher_says, student_says).mean() * T**2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()
