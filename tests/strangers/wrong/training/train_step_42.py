# Mistake: steps on T²·KL but reports the bare KL
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    with torch.no_grad():
        p_t = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    p_s = softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)
    divergence = kl(p_t, p_s).mean()
    (T * T * divergence).backward()
    optimizer.step()
    return divergence.item()
