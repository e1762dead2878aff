# Right: a mean per batch, weighted by the batch's share of the group's tokens
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    sizes = [int(b["mt"].sum()) for b in batches]
    losses = []
    for i in range(0, len(batches), accumulate):
        share = torch.tensor(sizes[i : i + accumulate], dtype=torch.float64)
        share /= share.sum()
        optimizer.zero_grad()
        means = []
        for weight, b in zip(share.tolist(), batches[i : i + accumulate]):
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            mean = T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T)).mean()
            (weight * mean).backward()
            means.append(weight * mean.item())
        optimizer.step()
        losses.append(sum(means))
    return losses
