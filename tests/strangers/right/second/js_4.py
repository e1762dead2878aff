# Right: F.kl_div against log of the mixture, zeros of the mixture replaced by 1
import torch
import torch.nn.functional as F
def js(p, q):
    m = torch.lerp(p, q, 0.5)
    log_m = torch.where(m > 0, m, 1.0).log()
    both = [F.kl_div(log_m, a, reduction="none").sum(-1) for a in (p, q)]
    return 0.5 * torch.add(*both)
