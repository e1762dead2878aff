# Right: labels picked by gather, both terms per position, one mean in the end.
import torch

def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    hot_t = (logits_t.detach() / T).log_softmax(-1)
    hot_s = (logits_s / T).log_softmax(-1)
    kl = (hot_t.exp() * (hot_t - hot_s)).sum(-1)
    nll = -logits_s.log_softmax(-1).gather(-1, labels[..., None])[..., 0]
    return torch.mean(alpha * T * T * kl + (1 - alpha) * nll)
