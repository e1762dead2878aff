# Mistake: writes the shifted masks back into the caller's batch
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    for key in ("mt", "ms"):
        batch[key] = batch[key].roll(-1, dims=1)
    with torch.no_grad():
        p_t = softmax(teacher(batch["xt"])[batch["mt"]], T)
    p_s = softmax(student(batch["xs"])[batch["ms"]], T)
    loss = T**2 * kl(p_t, p_s).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
