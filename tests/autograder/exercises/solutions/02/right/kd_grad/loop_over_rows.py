import torch


def kd_grad(logits_t, logits_s, T):
    V = logits_s.shape[-1]
    t, s = logits_t.reshape(-1, V), logits_s.reshape(-1, V)
    result = torch.empty_like(s)
    for i in range(len(s)):
        result[i] = torch.softmax(s[i] / T, 0) - torch.softmax(t[i] / T, 0)
    return (result * T / len(s)).reshape(logits_s.shape)
