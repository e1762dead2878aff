# Mistake: takes only the number of true places and sums the first n positions; wrong if the mask is not at the left
import torch
def sequence_log_prob(logits, y, mask):
    out = []
    for row, tokens, m in zip(torch.log_softmax(logits, -1), y, mask):
        n = int(m.sum())
        out.append(row[torch.arange(n), tokens[:n]].sum())
    return torch.stack(out)
