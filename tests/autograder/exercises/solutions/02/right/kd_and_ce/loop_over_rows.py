import torch


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    rows = zip(
        logits_t.detach().reshape(-1, V), logits_s.reshape(-1, V), labels.reshape(-1), strict=True
    )
    losses = []
    for z_t, z_s, y in rows:
        p, q = torch.log_softmax(z_t / T, 0), torch.log_softmax(z_s / T, 0)
        kd = T * T * torch.dot(p.exp(), p - q)
        losses.append(alpha * kd - (1 - alpha) * torch.log_softmax(z_s, 0)[y])
    return torch.stack(losses).mean()
