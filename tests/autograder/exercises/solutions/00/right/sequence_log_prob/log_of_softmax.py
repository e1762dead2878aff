import torch


def sequence_log_prob(logits, y, mask):
    p = torch.softmax(logits, -1).gather(2, y[:, :, None])[:, :, 0]
    return p.masked_fill(~mask, 1.0).log().sum(1)
