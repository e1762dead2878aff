# Mistake: loses the graph by making a new tensor of the loss's value; nothing ever moves
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    with torch.no_grad():
        p_t = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
        p_s = softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)
    loss = torch.tensor((T**2 * kl(p_t, p_s).mean()).item(), requires_grad=True)
    loss.backward()
    optimizer.step()
    return loss.item()
