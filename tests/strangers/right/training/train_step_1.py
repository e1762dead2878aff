# Right: hands the optimizer a closure that clears, computes and differentiates; step() calls it once
import torch
from course_lib.losses.reference import log_softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        t = log_softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]] / T)

    def closure():
        optimizer.zero_grad()
        s = log_softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]] / T)
        loss = T**2 * (t.exp() * (t - s)).sum(-1).mean()
        loss.backward()
        return loss

    return float(optimizer.step(closure))
