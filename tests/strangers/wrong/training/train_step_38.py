# Mistake: normalises over the positions (dim=1) instead of over the vocabulary
import torch


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        t = torch.log_softmax(teacher(batch["xt"]) / T, dim=1)[:, :-1][batch["mt"][:, 1:]]
    s = torch.log_softmax(student(batch["xs"]) / T, dim=1)[:, :-1][batch["ms"][:, 1:]]
    loss = T**2 * (t.exp() * (t - s)).sum(-1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
