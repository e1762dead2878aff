import torch.nn.functional as F


def train_step(student, teacher, batch, optimizer, T=1.0):
    xt, mt, xs, ms = (batch[name] for name in ("xt", "mt", "xs", "ms"))
    z_t = teacher(xt).detach()[:, :-1, :][mt[:, 1:]]
    z_s = student(xs)[:, :-1, :][ms[:, 1:]]
    log_t, log_s = (z_t / T).log_softmax(-1), (z_s / T).log_softmax(-1)
    kl = F.kl_div(log_s, log_t, log_target=True, reduction="sum") / ms.sum()
    loss = T**2 * kl
    student.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach().item()
