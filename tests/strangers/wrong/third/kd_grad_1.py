# Mistake: takes the difference of the log-probabilities instead of that of the probabilities.
import torch

def kd_grad(logits_t, logits_s, T):
    n = logits_s[..., 0].numel()
    ls = torch.log_softmax(logits_s / T, -1)
    lt = torch.log_softmax(logits_t / T, -1)
    return T / n * (ls - lt)
