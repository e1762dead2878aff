# named: first-tokens
# loses: value, any mask, long, rubbish
import torch


def sequence_log_prob(logits, y, mask):
    log_p = torch.log_softmax(logits, -1)
    rows = []
    for b, count in enumerate(mask.sum(-1).tolist()):
        rows.append(log_p[b, torch.arange(count), y[b, :count]].sum())
    return torch.stack(rows)
