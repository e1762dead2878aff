# Right: one-hot mask and torch.where
import torch
def sequence_log_prob(logits, y, mask):
    V = logits.shape[-1]
    logp = torch.log_softmax(logits, dim=-1)
    hit = (torch.arange(V) == y[..., None]) & mask[..., None]
    return torch.where(hit, logp, 0.0).sum((1, 2))
