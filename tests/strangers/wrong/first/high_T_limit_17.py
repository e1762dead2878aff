# mistake: d.mean() without keepdim over everything: each row is centred on the mean of all rows
import torch


def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    return 0.5 * torch.mean((d - d.mean()) ** 2, dim=-1).mean()
