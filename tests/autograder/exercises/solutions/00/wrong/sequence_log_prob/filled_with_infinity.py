# named: masked-with-infinity
# loses: value, any mask, long, rubbish
import torch


def sequence_log_prob(logits, y, mask):
    picked = torch.log_softmax(logits, -1).gather(-1, y[..., None])[..., 0]
    return picked.masked_fill(~mask, float("-inf")).sum(-1)
