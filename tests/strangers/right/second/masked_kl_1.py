# Right: selects the counted rows, sums, divides by max(count, 1); the empty sum keeps its graph
import torch
import torch.nn.functional as F
def masked_kl(logits_t, logits_s, mask, T=1.0):
    t = logits_t.detach()[mask]
    s = logits_s[mask]
    lt = F.log_softmax(t / T, dim=-1)
    ls = F.log_softmax(s / T, dim=-1)
    total = F.kl_div(ls, lt, reduction="sum", log_target=True)
    return total * (T**2 / max(mask.sum().item(), 1))
