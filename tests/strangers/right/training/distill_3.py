# Right: asks the teacher about everything first, then gives the optimizer a closure
import torch
from course_lib.losses.reference import log_softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    with torch.no_grad():
        said = [log_softmax(answer_logits(teacher, b["xt"], b["mt"]) / T) for b in batches]
    losses = []
    for i in range(0, len(batches), accumulate):
        pairs = list(zip(batches[i : i + accumulate], said[i : i + accumulate]))
        n = sum(len(t) for _, t in pairs)

        def closure():
            optimizer.zero_grad()
            value = 0.0
            for b, t in pairs:
                s = log_softmax(answer_logits(student, b["xs"], b["ms"]) / T)
                part = T**2 * (t.exp() * (t - s)).sum() / n
                part.backward()
                value += part.item()
            return value

        losses.append(float(optimizer.step(closure)))
    return losses
