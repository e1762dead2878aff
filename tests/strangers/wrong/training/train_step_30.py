# Mistake: divides by T after log_softmax instead of before it; what comes out is no distribution
import torch
from course_lib.losses.reference import log_softmax, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        p_t = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    lp_s = log_softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]) / T
    loss = T**2 * (p_t * (p_t.log() - lp_s)).sum(-1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
