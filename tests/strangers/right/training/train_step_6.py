# Right: steps on the cross-entropy (same gradient) and subtracts the teacher's entropy in the result only
import torch
from course_lib.losses.reference import log_softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        lt = log_softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]] / T)
        entropy = -(lt.exp() * lt).sum(-1).mean()
    ls = log_softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]] / T)
    cross = -(lt.exp() * ls).sum(-1).mean()
    optimizer.zero_grad()
    (T**2 * cross).backward()
    optimizer.step()
    return T**2 * (cross - entropy).item()
