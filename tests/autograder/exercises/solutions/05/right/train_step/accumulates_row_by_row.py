import torch


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    n = int(batch["ms"].sum())
    value = 0.0
    for b in range(len(batch["xs"])):
        one = slice(b, b + 1)
        with torch.no_grad():
            z_t = teacher(batch["xt"][one])[:, :-1][batch["mt"][one][:, 1:]]
        z_s = student(batch["xs"][one])[:, :-1][batch["ms"][one][:, 1:]]
        t, s = torch.log_softmax(z_t / T, -1), torch.log_softmax(z_s / T, -1)
        share = T**2 * (t.exp() * (t - s)).sum() / n
        share.backward()
        value += share.item()
    optimizer.step()
    return value
