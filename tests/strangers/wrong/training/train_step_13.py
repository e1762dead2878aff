# Mistake: no shift: takes the logits that stand on the answer tokens, which predict the tokens after them
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        p_t = softmax(teacher(batch["xt"])[batch["mt"]], T)
    p_s = softmax(student(batch["xs"])[batch["ms"]], T)
    loss = T**2 * kl(p_t, p_s).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
