import torch


def sequence_log_prob(logits, y, mask):
    log_p = logits - logits.logsumexp(-1, keepdim=True)
    log_p = torch.take_along_dim(log_p, y[..., None], dim=-1)[..., 0]
    return log_p.masked_fill(~mask, 0).sum(dim=1)
