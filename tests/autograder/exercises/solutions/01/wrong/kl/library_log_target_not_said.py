# named: kl-div-log-target-not-said
# loses: value, any shape, zeros, ruled out
import torch.nn.functional as F


def kl(p, q):
    return F.kl_div(q.log(), p.log(), reduction="none").sum(-1)
