# Right: interpolates the two losses with torch.lerp; the label loss is F.nll_loss.
import torch
import torch.nn.functional as F

def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    s = logits_s.reshape(-1, logits_s.shape[-1])
    t = logits_t.reshape(s.shape).detach()
    kd = F.kl_div((s / T).log_softmax(1), (t / T).log_softmax(1), reduction="sum", log_target=True)
    kd = kd * (T * T / len(s))
    ce = F.nll_loss(s.log_softmax(1), labels.reshape(-1))
    return torch.lerp(ce, kd, float(alpha))
