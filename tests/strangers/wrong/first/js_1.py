# mistake: averages log-probabilities instead of probabilities, so the middle is geometric and not a mixture (and not finite with zeros)
import torch


def js(p, q):
    log_m = 0.5 * (p.log() + q.log())
    a = torch.where(p > 0, p * (p.log() - log_m), torch.zeros_like(p)).sum(-1)
    b = torch.where(q > 0, q * (q.log() - log_m), torch.zeros_like(q)).sum(-1)
    return 0.5 * a + 0.5 * b
