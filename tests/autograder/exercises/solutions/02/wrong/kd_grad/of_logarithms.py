# named: difference-of-log-probabilities
# loses: value, any shape, stable
import torch


def kd_grad(logits_t, logits_s, T):
    log_t, log_s = (torch.log_softmax(z / T, -1) for z in (logits_t, logits_s))
    return T * (log_s - log_t) / (logits_s.numel() // logits_s.shape[-1])
