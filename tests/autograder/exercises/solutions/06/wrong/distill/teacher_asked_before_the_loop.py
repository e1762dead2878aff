# named: teacher-asked-once
# loses: steps, accumulation, last group, left over, defaults, curve, learns, numbers, teacher, teacher's weights, teacher's mode, batches
import torch
import torch.nn.functional as F


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    with torch.no_grad():
        logits_t = teacher(batches[0]["xt"])[:, :-1][batches[0]["mt"][:, 1:]]
    losses = []
    for start in range(0, len(batches), accumulate):
        group = batches[start : start + accumulate]
        tokens = sum(int(batch["ms"].sum()) for batch in group)
        optimizer.zero_grad()
        total = 0.0
        for batch in group:
            logits_s = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
            log_t = F.log_softmax(logits_t / T, dim=-1)
            log_s = F.log_softmax(logits_s / T, dim=-1)
            loss = T**2 * (log_t.exp() * (log_t - log_s)).sum() / tokens
            loss.backward()
            total += loss.item()
        optimizer.step()
        losses.append(total)
    return losses
