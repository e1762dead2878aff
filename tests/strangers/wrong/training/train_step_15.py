# Mistake: believes that answers always stand at the very end and cuts them off there; padding is taken for answers
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        zt = teacher(batch["xt"])
    zs = student(batch["xs"])
    total, count = 0.0, 0
    for row in range(len(zs)):
        n = int(batch["ms"][row].sum())
        if n == 0:
            continue
        total = total + kl(softmax(zt[row, -n - 1 : -1], T), softmax(zs[row, -n - 1 : -1], T)).sum()
        count += n
    loss = T**2 * total / count
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
