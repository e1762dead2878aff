# mistake: two at once: sign (teacher minus student), and not divided by the number of positions
import torch


def kd_grad(logits_t, logits_s, T):
    gap = torch.softmax(logits_t / T, -1) - torch.softmax(logits_s / T, -1)
    return T * gap
