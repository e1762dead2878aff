# named: nan-where-both-are-zero
# loses: zeros
import torch.nn.functional as F


def js(p, q):
    log_m = ((p + q) / 2).log()
    terms = F.kl_div(log_m, p, reduction="none") + F.kl_div(log_m, q, reduction="none")
    return terms.sum(-1) / 2
