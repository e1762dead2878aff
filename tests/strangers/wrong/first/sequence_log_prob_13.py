# mistake: two at once: sign (negative log-likelihood), and a mean over all L positions, pads included
import torch
import torch.nn.functional as F


def sequence_log_prob(logits, y, mask):
    B, L, V = logits.shape
    nll = F.cross_entropy(logits.reshape(-1, V), y.reshape(-1), reduction="none").view(B, L)
    return (nll * mask).mean(dim=1)
