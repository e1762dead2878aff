# Mistake: a hard target: learns from the teacher's likeliest word instead of its distribution
import torch
import torch.nn.functional as F


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        y = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]].argmax(-1)
    logits = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    loss = T**2 * F.cross_entropy(logits / T, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
