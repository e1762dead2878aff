# mistake: takes the first mask.sum() tokens, as if pads could only stand at the end (wrong for pads on the left and for holes)
import torch


def sequence_log_prob(logits, y, mask):
    out = []
    for b in range(len(y)):
        n = int(mask[b].sum())
        lp = torch.log_softmax(logits[b, :n], -1)
        out.append(lp[torch.arange(n), y[b, :n]].sum())
    return torch.stack(out)
