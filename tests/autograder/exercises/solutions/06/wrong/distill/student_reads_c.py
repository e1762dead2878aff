# named: student-sees-c
# loses: steps, accumulation, last group, left over, defaults, curve, learns
import torch
import torch.nn.functional as F


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for start in range(0, len(batches), accumulate):
        group = batches[start : start + accumulate]
        tokens = sum(int(batch["ms"].sum()) for batch in group)
        optimizer.zero_grad()
        total = 0.0
        for batch in group:
            with torch.no_grad():
                logits_t = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]]
            logits_s = student(batch["xt"])[:, :-1][batch["mt"][:, 1:]]
            log_t = F.log_softmax(logits_t / T, dim=-1)
            log_s = F.log_softmax(logits_s / T, dim=-1)
            loss = T**2 * (log_t.exp() * (log_t - log_s)).sum() / tokens
            loss.backward()
            total += loss.item()
        optimizer.step()
        losses.append(total)
    return losses
