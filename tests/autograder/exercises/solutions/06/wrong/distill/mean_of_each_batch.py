# named: mean-of-means
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
    losses = []
    for start in range(0, len(batches), accumulate):
        group = batches[start : start + accumulate]
        optimizer.zero_grad()
        total = 0.0
        for batch in group:
            loss = mean_kl(student, teacher, batch, T) / len(group)
            loss.backward()
            total += loss.item()
        optimizer.step()
        losses.append(total)
    return losses
