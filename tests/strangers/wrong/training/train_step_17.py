# Mistake: train() for both models, so the teacher answers with dropout
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    for model in (student, teacher):
        model.train()
    optimizer.zero_grad()
    with torch.no_grad():
        zt = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]]
    zs = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    loss = kl(softmax(zt, T), softmax(zs, T)).mean() * T**2
    loss.backward()
    optimizer.step()
    return loss.item()
