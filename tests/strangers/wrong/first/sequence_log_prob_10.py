# mistake: overwrites the caller's y at the pads (y[~mask] = 0) before gathering
import torch


def sequence_log_prob(logits, y, mask):
    y[~mask] = 0      # so that gather is safe
    lp = torch.log_softmax(logits, dim=-1)
    tok = lp.gather(2, y.unsqueeze(-1)).squeeze(-1)
    return tok.where(mask, torch.zeros_like(tok)).sum(1)
