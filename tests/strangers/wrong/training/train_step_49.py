# Mistake: Jensen-Shannon, the symmetric one, instead of KL
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        p = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    q = softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)
    m = (p + q) / 2
    loss = T**2 * (kl(p, m) + kl(q, m)).mean() / 2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
