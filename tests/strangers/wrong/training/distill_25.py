# Mistake: adds the means of the batches, without any division: the step grows with accumulate
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        optimizer.zero_grad()
        value = 0.0
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            q = softmax(answer_logits(student, b["xs"], b["ms"]), T)
            loss = T**2 * kl(p, q).mean()
            loss.backward()
            value += loss.item()
        optimizer.step()
        losses.append(value)
    return losses
