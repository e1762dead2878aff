# named:
# loses: dtype
import torch


def sequence_log_prob(logits, y, mask):
    log_p = torch.log_softmax(logits, -1).gather(-1, y.unsqueeze(-1)).squeeze(-1)
    return torch.where(mask, log_p, 0.0).sum(-1).tolist()
