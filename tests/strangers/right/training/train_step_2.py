# Right: the gradient at the logits by hand, T (p_s − p_t) / N, sent back through the network
import torch
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    rows_t, at_t = torch.nonzero(batch["mt"], as_tuple=True)
    rows_s, at_s = torch.nonzero(batch["ms"], as_tuple=True)
    with torch.no_grad():
        p_t = softmax(teacher(batch["xt"])[rows_t, at_t - 1], T)
    optimizer.zero_grad()
    z = student(batch["xs"])[rows_s, at_s - 1]
    p_s = softmax(z.detach(), T)
    z.backward(gradient=T * (p_s - p_t) / len(z))
    optimizer.step()
    return T**2 * kl(p_t, p_s).mean().item()
