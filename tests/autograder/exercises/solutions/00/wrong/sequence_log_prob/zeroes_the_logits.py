# named: logits-zeroed
# loses: value, any mask, long, rubbish
import torch


def sequence_log_prob(logits, y, mask):
    logits = logits.masked_fill(~mask[..., None], 0)
    log_p = torch.log_softmax(logits, -1)
    return log_p.gather(-1, y[..., None])[..., 0].sum(-1)
