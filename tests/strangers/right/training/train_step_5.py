# Right: F.kl_div with log_target and reduction sum, divided by the count, and zero_grad both before and after
import torch
import torch.nn.functional as F


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    predicts_t = F.pad(batch["mt"][:, 1:], (0, 1))
    predicts_s = F.pad(batch["ms"][:, 1:], (0, 1))
    zs = student(batch["xs"])[predicts_s]
    with torch.no_grad():
        zt = teacher(batch["xt"])[predicts_t]
    kl_sum = F.kl_div(
        F.log_softmax(zs / T, dim=-1), F.log_softmax(zt / T, dim=-1), log_target=True, reduction="sum"
    )
    loss = kl_sum * T**2 / predicts_s.sum()
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()
