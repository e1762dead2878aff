# Mistake: remembers what the teacher said on the first call and uses that for ever
import torch
from course_lib.losses.reference import kl, softmax

_said = {}


def train_step(student, teacher, batch, optimizer, T=1.0):
    key = tuple(batch["xs"].shape)
    if key not in _said:
        with torch.no_grad():
            _said[key] = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]]
    p_s = softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)
    n = min(len(p_s), len(_said[key]))
    loss = T**2 * kl(softmax(_said[key][:n], T), p_s[:n]).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
