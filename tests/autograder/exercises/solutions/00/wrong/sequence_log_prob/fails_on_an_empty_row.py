# named:
# loses: any mask
import torch


def sequence_log_prob(logits, y, mask):
    out = []
    for rows, tokens, keep in zip(logits, y, mask, strict=True):
        log_p = torch.log_softmax(rows[keep], -1)
        out.append(torch.stack([row[t] for row, t in zip(log_p, tokens[keep], strict=True)]).sum())
    return torch.stack(out)
