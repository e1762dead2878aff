# named: mean-of-means, t-squared-missing
# loses: steps, accumulation, last group, left over, curve
import torch
import torch.nn.functional as F


def mean_kl(student, teacher, batch, T):
    with torch.no_grad():
        t = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]]
    s = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    log_t, log_s = F.log_softmax(t / T, dim=-1), F.log_softmax(s / T, dim=-1)
    return F.kl_div(log_s, log_t, reduction="batchmean", log_target=True)


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    while batches:
        group, batches = batches[:accumulate], batches[accumulate:]
        optimizer.zero_grad()
        loss = sum(mean_kl(student, teacher, batch, T) for batch in group) / len(group)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
