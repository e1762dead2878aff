# mistake: gather without unsqueezing y: the index has too few dimensions and torch raises
import torch


def sequence_log_prob(logits, y, mask):
    log_p = torch.log_softmax(logits, dim=-1)
    tok = torch.gather(log_p, -1, y)
    return (tok * mask).sum(-1)
