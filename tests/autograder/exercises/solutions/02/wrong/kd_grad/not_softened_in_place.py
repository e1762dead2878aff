# named:
# loses: inputs
import torch


def kd_grad(logits_t, logits_s, T):
    N = logits_s.numel() // logits_s.shape[-1]
    p_s = torch.softmax(logits_s.div_(T), -1)
    return T * (p_s - torch.softmax(logits_t / T, -1)) / N
