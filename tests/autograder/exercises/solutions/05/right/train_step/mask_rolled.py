import torch
import torch.nn.functional as F


def train_step(student, teacher, batch, optimizer, T=1.0):
    def predicting(mask):
        return torch.roll(mask, -1, dims=1)

    optimizer.zero_grad()
    with torch.no_grad():
        z_t = teacher(batch["xt"])[predicting(batch["mt"])]
    z_s = student(batch["xs"])[predicting(batch["ms"])]
    p_t = F.softmax(z_t / T, -1)
    entropy = -(p_t * F.log_softmax(z_t / T, -1)).sum(-1)
    loss = T**2 * (F.cross_entropy(z_s / T, p_t) - entropy.mean())
    loss.backward()
    optimizer.step()
    return loss.item()
