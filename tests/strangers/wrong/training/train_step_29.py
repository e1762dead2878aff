# Mistake: the teacher is asked with the simplified context, it gets xs
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    answers = batch["ms"][:, 1:]
    with torch.no_grad():
        p_t = softmax(teacher(batch["xs"])[:, :-1][answers], T)
    p_s = softmax(student(batch["xs"])[:, :-1][answers], T)
    loss = T**2 * kl(p_t, p_s).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
