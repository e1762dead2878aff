# Mistake: T² is there, but the softmaxes are taken at temperature 1
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    with torch.no_grad():
        p_t = softmax(teacher(batch["xt"]))
    p_s = softmax(student(batch["xs"]))
    p_t = p_t[:, :-1][batch["mt"][:, 1:]]
    p_s = p_s[:, :-1][batch["ms"][:, 1:]]
    loss = (T**2) * kl(p_t, p_s).mean()
    loss.backward()
    optimizer.step()
    return loss.item()
