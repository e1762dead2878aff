# mistake: sums the raw logits of the tokens, log-softmax forgotten
import torch


def sequence_log_prob(logits, y, mask):
    chosen = logits.gather(dim=-1, index=y.unsqueeze(-1)).squeeze(-1)
    return (chosen * mask).sum(dim=-1)
