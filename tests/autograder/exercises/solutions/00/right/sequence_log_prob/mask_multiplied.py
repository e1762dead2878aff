import torch


def sequence_log_prob(logits, y, mask):
    B, L, V = logits.shape
    log_p = torch.log_softmax(logits.view(B * L, V), 1)[torch.arange(B * L), y.view(-1)]
    return (log_p.view(B, L) * mask.to(log_p.dtype)).sum(1)
