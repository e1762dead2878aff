# Mistake: sums the first mask.sum() places of each row, as if the mask were always at the left
import torch
def masked_kl(logits_t, logits_s, mask, T=1.0):
    total, count = logits_s.sum() * 0, 0
    for zt, zs, m in zip(logits_t.detach(), logits_s, mask):
        n = int(m.sum())
        lt, ls = torch.log_softmax(zt[:n] / T, -1), torch.log_softmax(zs[:n] / T, -1)
        total = total + (lt.exp() * (lt - ls)).sum()
        count += n
    return T**2 * total / max(count, 1)
