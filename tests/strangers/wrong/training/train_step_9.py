# Mistake: returns the loss after the step: it asks the student again
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    def loss_now():
        with torch.no_grad():
            p_t = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
        p_s = softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)
        return T**2 * kl(p_t, p_s).mean()

    optimizer.zero_grad()
    loss_now().backward()
    optimizer.step()
    return loss_now().item()
