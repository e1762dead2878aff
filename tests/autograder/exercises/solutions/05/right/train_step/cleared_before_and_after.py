import torch


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    teacher.eval()
    with torch.no_grad():
        t = torch.log_softmax(teacher(batch["xt"]) / T, -1)
    s = torch.log_softmax(student(batch["xs"]) / T, -1)
    t, s = t[:, :-1][batch["mt"][:, 1:]], s[:, :-1][batch["ms"][:, 1:]]
    loss = T * T * torch.sum(t.exp() * (t - s)) / len(t)
    loss.backward()
    value = loss.item()
    optimizer.step()
    optimizer.zero_grad()
    return value
