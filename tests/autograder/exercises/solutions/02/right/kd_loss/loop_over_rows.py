import torch


def kd_loss(logits_t, logits_s, T):
    V = logits_s.shape[-1]
    rows_t, rows_s = logits_t.detach().reshape(-1, V), logits_s.reshape(-1, V)
    total = 0.0
    for z_t, z_s in zip(rows_t, rows_s, strict=True):
        log_p_t, log_p_s = torch.log_softmax(z_t / T, 0), torch.log_softmax(z_s / T, 0)
        for i in range(V):
            total = total + torch.exp(log_p_t[i]) * (log_p_t[i] - log_p_s[i])
    return T**2 * total / len(rows_s)
