import torch


def sequence_log_prob(logits, y, mask):
    out = []
    for rows, tokens, counts in zip(logits, y, mask, strict=True):
        total = logits.new_zeros(())
        for row, token, count in zip(rows, tokens, counts, strict=True):
            if count:
                total = total + torch.log_softmax(row, 0)[token]
        out.append(total)
    return torch.stack(out)
