# Mistake: only the last answer token of each row is learnt from
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    def last(model, x, mask):
        position = (mask * torch.arange(mask.shape[1])).amax(1)
        has = mask.any(1)
        return model(x)[torch.arange(len(x)), position - 1][has]

    with torch.no_grad():
        p_t = softmax(last(teacher, batch["xt"], batch["mt"]), T)
    p_s = softmax(last(student, batch["xs"], batch["ms"]), T)
    loss = T**2 * kl(p_t, p_s).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
