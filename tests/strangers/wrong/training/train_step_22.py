# Mistake: sign lost: log p_s − log p_t, so the 'loss' is minus KL and the step goes uphill
import torch
from course_lib.losses.reference import log_softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    with torch.no_grad():
        lt = log_softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]] / T)
    ls = log_softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]] / T)
    loss = T**2 * (lt.exp() * (ls - lt)).sum(-1).mean()
    loss.backward()
    optimizer.step()
    return loss.item()
