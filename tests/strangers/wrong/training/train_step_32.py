# Mistake: clips the gradient's length to 0.1 before the step, as seen in a training script
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        p_t = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    p_s = softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)
    loss = T**2 * kl(p_t, p_s).mean()
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(student.parameters(), 0.1)
    optimizer.step()
    return loss.item()
