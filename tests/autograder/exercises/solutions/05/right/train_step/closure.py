import torch


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        t = torch.log_softmax(teacher(batch["xt"])[:, :-1] / T, -1)[batch["mt"][:, 1:]]

    def loss():
        optimizer.zero_grad()
        s = torch.log_softmax(student(batch["xs"])[:, :-1] / T, -1)[batch["ms"][:, 1:]]
        value = T**2 * (t.exp() * (t - s)).sum(1).mean()
        value.backward()
        return value

    return optimizer.step(loss).item()
