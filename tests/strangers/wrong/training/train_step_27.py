# Mistake: makes an optimizer of its own in every call, the one handed in (with its momentum) is ignored
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    group = optimizer.param_groups[0]
    opt = torch.optim.SGD(student.parameters(), lr=group["lr"], momentum=group.get("momentum", 0))
    opt.zero_grad()
    with torch.no_grad():
        p_t = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    p_s = softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)
    loss = T**2 * kl(p_t, p_s).mean()
    loss.backward()
    opt.step()
    return loss.item()
