# Mistake: reads the mask the other way round (true = hide)
import torch
def sequence_log_prob(logits, y, mask):
    logp = torch.log_softmax(logits, dim=-1)
    picked = torch.gather(logp, 2, y[..., None])[..., 0]
    return picked.masked_fill(mask, 0).sum(dim=1)
