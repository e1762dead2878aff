# mistake: boolean indexing flattens the batch, so one number comes back for all sequences together
import torch


def sequence_log_prob(logits, y, mask):
    lp = torch.log_softmax(logits[mask], -1)          # [tokens, V]
    return lp[torch.arange(lp.shape[0]), y[mask]].sum()
