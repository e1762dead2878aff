# named: means-divided-by-accumulate
# loses: accumulation, last group, curve
import torch
import torch.nn.functional as F


def mean_kl(student, teacher, batch, T):
    with torch.no_grad():
        t = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]]
    s = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    log_t, log_s = F.log_softmax(t / T, dim=-1), F.log_softmax(s / T, dim=-1)
    return T**2 * F.kl_div(log_s, log_t, reduction="batchmean", log_target=True)


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses, total = [], 0.0
    optimizer.zero_grad()
    for i, batch in enumerate(batches, start=1):
        loss = mean_kl(student, teacher, batch, T) / accumulate
        loss.backward()
        total += loss.item()
        if i % accumulate == 0 or i == len(batches):
            optimizer.step()
            optimizer.zero_grad()
            losses.append(total)
            total = 0.0
    return losses
