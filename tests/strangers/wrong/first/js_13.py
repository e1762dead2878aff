# mistake: two at once: reduction='batchmean' gives one number (for [V] divided by V), and F.kl_div has its arguments the wrong way round
import torch
import torch.nn.functional as F


def js(p, q):
    m = (p + q) / 2
    return 0.5 * (F.kl_div(p.log(), m, reduction="batchmean") + F.kl_div(q.log(), m, reduction="batchmean"))
