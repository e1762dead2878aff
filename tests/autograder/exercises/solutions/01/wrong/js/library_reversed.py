# named: reversed-unguarded, batchmean
# loses: value, any shape, zeros
import torch.nn.functional as F


def js(p, q):
    m = 0.5 * (p + q)
    a = F.kl_div(p.log(), m, reduction="batchmean")
    return 0.5 * a + 0.5 * F.kl_div(q.log(), m, reduction="batchmean")
