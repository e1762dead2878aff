# Right: everything is kept dense: the teacher's log-probabilities are scattered to the student's places, then weighted by mask / N
import torch
from course_lib.losses.reference import log_softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    ms, mt = batch["ms"][:, 1:], batch["mt"][:, 1:]
    s = log_softmax(student(batch["xs"])[:, :-1] / T)
    t = torch.zeros_like(s).detach()
    with torch.no_grad():
        t[ms] = log_softmax(teacher(batch["xt"])[:, :-1] / T)[mt]
    dense = (t.exp() * (t - s)).sum(-1)
    loss = T**2 * torch.where(ms, dense, 0.0).sum() / ms.sum()
    for group in optimizer.param_groups:
        for w in group["params"]:
            w.grad = None
    loss.backward()
    optimizer.step()
    return loss.item()
