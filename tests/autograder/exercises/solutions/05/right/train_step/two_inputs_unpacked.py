import torch
import torch.nn.functional as F


def answers(model, tokens, mask):
    return model(tokens)[:, :-1][mask[:, 1:]]


def train_step(student, teacher, batch, optimizer, T=1.0):
    xt, mt, xs, ms = batch.values()
    with torch.no_grad():
        p_t = F.softmax(answers(teacher, xt, mt) / T, dim=1)
    log_s = F.log_softmax(answers(student, xs, ms) / T, dim=1)
    per_token = F.kl_div(log_s, p_t, reduction="none").sum(dim=1)
    loss = per_token.mean().mul(T**2)
    student.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    return float(loss.detach())
