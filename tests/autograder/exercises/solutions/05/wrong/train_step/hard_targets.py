# named: hard-targets
# loses: step, left over, three steps, dropout, default, loss
import torch
import torch.nn.functional as F


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        z_t = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]]
    z_s = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    loss = F.cross_entropy(z_s, z_t.argmax(-1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
