# named: t-instead-of-t-squared
# loses: step, left over, three steps, dropout, loss
import torch


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        z_t = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]]
    z_s = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    log_t, log_s = torch.log_softmax(z_t / T, -1), torch.log_softmax(z_s / T, -1)
    loss = T * (log_t.exp() * (log_t - log_s)).sum(-1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
