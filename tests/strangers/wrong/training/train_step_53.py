# Mistake: hand-written gradient with the wrong sign, p_t − p_s
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    with torch.no_grad():
        p_t = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    z = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    p_s = softmax(z.detach(), T)
    z.backward(T * (p_t - p_s) / len(z))
    optimizer.step()
    return (T**2 * kl(p_t, p_s).mean()).item()
