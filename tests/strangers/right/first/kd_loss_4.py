import torch


def kd_loss(logits_t, logits_s, T):
    V = logits_s.size(-1)
    rows_t = logits_t.detach().reshape(-1, V)
    rows_s = logits_s.reshape(-1, V)
    total = 0
    for zt, zs in zip(rows_t, rows_s):
        lt = (zt / T).log_softmax(0)
        ls = (zs / T).log_softmax(0)
        total = total + torch.dot(lt.exp(), lt - ls)
    return total * T**2 / len(rows_t)
