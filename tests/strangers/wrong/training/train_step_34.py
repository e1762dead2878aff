# Mistake: inference_mode for the teacher; its tensors may not be saved for backward (raises)
import torch
from course_lib.losses.reference import log_softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.inference_mode():
        lt = log_softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]] / T)
        pt = lt.exp()
    ls = log_softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]] / T)
    loss = T**2 * (pt * (lt - ls)).sum(-1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
