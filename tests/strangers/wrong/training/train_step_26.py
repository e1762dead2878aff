# Mistake: moves the weights by hand, θ − η g, and never uses the optimizer's rule: momentum is lost
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        p_t = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    p_s = softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)
    loss = T**2 * kl(p_t, p_s).mean()
    weights = [p for p in student.parameters() if p.requires_grad]
    grads = torch.autograd.grad(loss, weights)
    lr = optimizer.param_groups[0]["lr"]
    with torch.no_grad():
        for w, g in zip(weights, grads):
            w -= lr * g
    return loss.item()
