import torch


def sequence_log_prob(logits, y, mask):
    log_p = torch.log_softmax(logits, dim=-1)
    token = log_p.gather(-1, y.unsqueeze(-1)).squeeze(-1)
    return token.masked_fill(~mask, 0.0).sum(-1)
