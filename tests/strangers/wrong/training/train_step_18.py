# Mistake: cross-entropy instead of KL: the entropy of the teacher is in the returned loss
import torch
from course_lib.losses.reference import log_softmax, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    with torch.no_grad():
        target = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    guess = log_softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]] / T)
    loss = -(T**2) * (target * guess).sum(-1).mean()
    loss.backward()
    optimizer.step()
    return loss.item()
