# mistake: logits_s.div_(T) and logits_t.div_(T) change the caller's logits
import torch


def kd_loss(logits_t, logits_s, T):
    with torch.no_grad():
        logits_t.div_(T)
        logits_s.div_(T)
    lt = logits_t.detach().log_softmax(-1)
    ls = logits_s.log_softmax(-1)
    return T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
