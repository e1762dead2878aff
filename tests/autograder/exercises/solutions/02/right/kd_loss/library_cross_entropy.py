import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    V = logits_s.shape[-1]
    t = (logits_t.detach() / T).reshape(-1, V)
    s = (logits_s / T).reshape(-1, V)
    p_t = t.softmax(-1)
    return T**2 * (F.cross_entropy(s, p_t) - F.cross_entropy(t, p_t))
