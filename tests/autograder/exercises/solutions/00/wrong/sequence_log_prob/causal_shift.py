# named: mask-multiplied, shifted-tokens
# loses: value, any mask, long, rubbish
import torch


def sequence_log_prob(logits, y, mask):
    log_p = torch.log_softmax(logits[:, :-1], -1)
    log_p = log_p.gather(-1, y[:, 1:].unsqueeze(-1)).squeeze(-1)
    return (log_p * mask[:, 1:]).sum(-1)
