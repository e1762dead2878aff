# Mistake: T instead of T squared
import torch
import torch.nn.functional as F


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        zt = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]]
    zs = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    loss = F.kl_div(F.log_softmax(zs / T, -1), F.softmax(zt / T, -1), reduction="batchmean") * T
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
