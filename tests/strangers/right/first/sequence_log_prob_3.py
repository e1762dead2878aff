import torch.nn.functional as F


def sequence_log_prob(logits, y, mask):
    # -100 is the index that cross_entropy ignores (its loss there is 0)
    targets = y.masked_fill(~mask, -100)
    nll = F.cross_entropy(logits.transpose(1, 2), targets, reduction="none")
    return -nll.sum(dim=1)
