# named: student-out-of-the-graph
# loses: step, left over, three steps, dropout, default, loss, number, teacher, student's mode, teacher's mode, batch
import torch


def train_step(student, teacher, batch, optimizer, T=1.0):
    z_t = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]]
    with torch.no_grad():
        z_s = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    log_t, log_s = torch.log_softmax(z_t / T, -1), torch.log_softmax(z_s / T, -1)
    loss = T**2 * (log_t.exp() * (log_t - log_s)).sum(-1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
