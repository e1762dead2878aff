# Right: autograd.grad over the student's own weights, put into .grad; nothing else can get a gradient
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    p_t = softmax(teacher(batch["xt"]).detach()[:, :-1][batch["mt"][:, 1:]], T)
    p_s = softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)
    loss = T**2 * kl(p_t, p_s).mean()
    weights = [w for w in student.parameters() if w.requires_grad]
    optimizer.zero_grad(set_to_none=True)
    for w, g in zip(weights, torch.autograd.grad(loss, weights, allow_unused=True)):
        w.grad = g
    optimizer.step()
    return loss.item()
