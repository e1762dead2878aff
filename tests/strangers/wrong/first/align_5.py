# mistake: pads on the left, so that short answers stand at the right end of their row
import torch


def align(logits, mask):
    picked = [logits[b, mask[b].nonzero()[:, 0] - 1] for b in range(len(mask))]
    M = max(len(p) for p in picked)
    rows, valid = [], []
    for p in picked:
        gap = M - len(p)
        rows.append(torch.cat([p.new_zeros(gap, p.shape[1]), p]))
        valid.append(torch.tensor([False] * gap + [True] * len(p)))
    return torch.stack(rows), torch.stack(valid)
