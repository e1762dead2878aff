# Mistake: the sum of KL is divided by the number of rows, not of answer tokens
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    xt, mt, xs, ms = (batch[k] for k in ("xt", "mt", "xs", "ms"))
    with torch.no_grad():
        p_t = softmax(teacher(xt)[:, :-1][mt[:, 1:]], T)
    p_s = softmax(student(xs)[:, :-1][ms[:, 1:]], T)
    loss = T**2 * kl(p_t, p_s).sum() / xs.shape[0]
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
