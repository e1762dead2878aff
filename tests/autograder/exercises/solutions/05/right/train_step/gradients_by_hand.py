import torch


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        z_t = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]]
    z_s = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    p_t = torch.softmax(z_t / T, -1)
    loss = T**2 * (p_t * (p_t.log() - torch.log_softmax(z_s / T, -1))).sum(-1).mean()
    parameters = list(student.parameters())
    for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters)):
        parameter.grad = gradient
    optimizer.step()
    return loss.item()
