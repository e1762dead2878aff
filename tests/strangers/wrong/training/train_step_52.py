# Mistake: hand-written gradient without T²: the chain rule gives (p_s − p_t)/(T N), and that is left as it is
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    with torch.no_grad():
        p_t = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    z = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    p_s = softmax(z.detach(), T)
    z.backward((p_s - p_t) / (T * len(z)))
    optimizer.step()
    return (T**2 * kl(p_t, p_s).mean()).item()
