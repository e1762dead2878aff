# Mistake: temperature for the teacher only ('it softens the targets'), the student stays at 1
import torch
from course_lib.losses.reference import log_softmax, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    with torch.no_grad():
        soft = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    lq = log_softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]])
    loss = T**2 * (torch.xlogy(soft, soft) - soft * lq).sum(-1).mean()
    loss.backward()
    optimizer.step()
    return loss.item()
