# mistake: takes the mask to begin at the left: cuts each row to its number of true entries instead of choosing the true ones
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    loss = 0.0 * logits_s[:, :0].sum()
    for b in range(mask.shape[0]):
        n = int(mask[b].sum())
        lt = torch.log_softmax(logits_t[b, :n].detach() / T, -1)
        ls = torch.log_softmax(logits_s[b, :n] / T, -1)
        loss = loss + (lt.exp() * (lt - ls)).sum()
    return T**2 * loss / max(int(mask.sum()), 1)
