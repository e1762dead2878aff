# named: logits-masked
# loses: value, any mask, long, rubbish
import torch


def sequence_log_prob(logits, y, mask):
    log_p = torch.log_softmax(logits * mask[..., None], -1)
    return log_p.gather(-1, y[..., None])[..., 0].sum(-1)
