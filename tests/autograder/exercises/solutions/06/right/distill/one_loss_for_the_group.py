import torch
import torch.nn.functional as F


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    for p in teacher.parameters():
        p.requires_grad_(False)
    teacher.eval()
    out = []
    for g in [batches[i : i + accumulate] for i in range(0, len(batches), accumulate)]:
        terms = []
        for b in g:
            t = teacher(b["xt"])[:, :-1][b["mt"][:, 1:]].detach()
            s = student(b["xs"])[:, :-1][b["ms"][:, 1:]]
            lt, ls = F.log_softmax(t / T, 1), F.log_softmax(s / T, 1)
            terms.append(F.kl_div(ls, lt, log_target=True, reduction="none").sum(1))
        loss = T**2 * torch.cat(terms).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        out.append(loss.item())
    return out
