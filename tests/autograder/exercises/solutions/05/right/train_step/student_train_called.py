import torch


def train_step(student, teacher, batch, optimizer, T=1.0):
    student.train()
    teacher.eval()
    logits_s = student(batch["xs"])[:, :-1]
    with torch.no_grad():
        logits_t = teacher(batch["xt"])[:, :-1]
    z_s = logits_s[batch["ms"][:, 1:]] / T
    z_t = logits_t[batch["mt"][:, 1:]] / T
    p_t = torch.softmax(z_t, -1)
    kl = (p_t * (torch.log_softmax(z_t, -1) - torch.log_softmax(z_s, -1))).sum(-1)
    loss = kl.mean() * T**2
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    return loss.item()
