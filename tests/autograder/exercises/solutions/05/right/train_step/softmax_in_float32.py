import torch


def train_step(student, teacher, batch, optimizer, T=1.0):
    teacher.eval().requires_grad_(False)
    z_t = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]].float()
    z_s = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]].float()
    log_t, log_s = torch.log_softmax(z_t / T, -1), torch.log_softmax(z_s / T, -1)
    loss = T**2 * (log_t.exp() * (log_t - log_s)).sum(-1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
