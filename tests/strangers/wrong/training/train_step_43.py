# Mistake: student.eval() for the forward pass 'so that the loss is exact', train() again after it: no dropout in the step
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        zt = teacher(batch["xt"])
    student.eval()
    zs = student(batch["xs"])
    student.train()
    p_t = softmax(zt[:, :-1][batch["mt"][:, 1:]], T)
    p_s = softmax(zs[:, :-1][batch["ms"][:, 1:]], T)
    loss = T**2 * kl(p_t, p_s).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
