import torch


def train_step(student, teacher, batch, optimizer, T=1.0):
    for p in student.parameters():
        p.grad = None
    total, count = 0.0, 0
    with torch.no_grad():
        logits_t = teacher(batch["xt"])
    logits_s = student(batch["xs"])
    for b in range(len(batch["xs"])):
        at_t, at_s = batch["mt"][b].nonzero()[:, 0], batch["ms"][b].nonzero()[:, 0]
        for i, j in zip(at_t, at_s):
            p = torch.softmax(logits_t[b, i - 1] / T, 0)
            q = torch.softmax(logits_s[b, j - 1] / T, 0)
            total = total + (p * (p / q).log()).sum()
            count += 1
    loss = T**2 * total / count
    loss.backward()
    optimizer.step()
    return loss.item()
