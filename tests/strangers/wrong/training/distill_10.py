# Mistake: no T²
import torch
import torch.nn.functional as F
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        n = sum(b["mt"].sum() for b in group)
        optimizer.zero_grad()
        loss_of_step = 0.0
        for b in group:
            with torch.no_grad():
                soft = F.softmax(answer_logits(teacher, b["xt"], b["mt"]) / T, dim=-1)
            logq = F.log_softmax(answer_logits(student, b["xs"], b["ms"]) / T, dim=-1)
            loss = F.kl_div(logq, soft, reduction="sum") / n
            loss.backward()
            loss_of_step += loss.item()
        optimizer.step()
        losses.append(loss_of_step)
    return losses
