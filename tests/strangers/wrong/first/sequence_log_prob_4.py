# mistake: shifts by one, logits[:, :-1] against y[:, 1:], although the text says that nothing is to be shifted
import torch


def sequence_log_prob(logits, y, mask):
    logits, y, mask = logits[:, :-1], y[:, 1:], mask[:, 1:]
    lp = torch.log_softmax(logits, -1).gather(-1, y[..., None])[..., 0]
    return torch.where(mask, lp, torch.zeros_like(lp)).sum(-1)
