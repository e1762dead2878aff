import torch
from torch.nn import functional as F


def answer_logits(model, x, m):
    return model(x)[:, :-1, :][m[:, 1:]]


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    # sum first, divide the gradients once at the end of each group
    curve = []
    optimizer.zero_grad(set_to_none=False)
    summed, n = 0.0, 0
    for i, b in enumerate(batches):
        with torch.inference_mode():
            p_t = F.softmax(answer_logits(teacher, b["xt"], b["mt"]) / T, -1)
        p_t = p_t.clone()
        log_s = F.log_softmax(answer_logits(student, b["xs"], b["ms"]) / T, -1)
        kl = F.kl_div(log_s, p_t, reduction="sum") * T * T
        kl.backward()
        summed += float(kl)
        n += b["ms"].sum().item()
        if (i + 1) % accumulate == 0 or i + 1 == len(batches):
            for p in student.parameters():
                if p.grad is not None:
                    p.grad /= n
            optimizer.step()
            optimizer.zero_grad(set_to_none=False)
            curve.append(summed / n)
            summed, n = 0.0, 0
    return curve
