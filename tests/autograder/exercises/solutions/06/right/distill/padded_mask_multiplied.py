import math

import torch


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    curve = []
    number_of_steps = math.ceil(len(batches) / accumulate)
    for step in range(number_of_steps):
        mine = batches[step * accumulate : min((step + 1) * accumulate, len(batches))]
        n = sum(b["mt"].sum() for b in mine)
        for p in student.parameters():
            p.grad = None
        value = torch.zeros((), dtype=torch.float64)
        for b in mine:
            # shift both masks to where the predictions stand, then walk through the rows
            at_t = torch.cat([b["mt"][:, 1:], torch.zeros_like(b["mt"][:, :1])], 1)
            at_s = torch.cat([b["ms"][:, 1:], torch.zeros_like(b["ms"][:, :1])], 1)
            with torch.no_grad():
                out_t = teacher(b["xt"])
            out_s = student(b["xs"])
            loss = 0
            for row in range(len(b["xt"])):
                p = torch.softmax(out_t[row][at_t[row]] / T, -1)
                q = torch.softmax(out_s[row][at_s[row]] / T, -1)
                loss = loss + (p * (p.log() - q.log())).sum()
            loss = loss * T**2 / n
            loss.backward()
            value += loss.detach()
        optimizer.step()
        curve.append(value.tolist())
    return curve
