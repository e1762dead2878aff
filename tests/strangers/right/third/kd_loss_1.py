# Right: F.kl_div with log_target on [N, V], batchmean.
import torch
import torch.nn.functional as F

def kd_loss(logits_t, logits_s, T):
    V = logits_s.shape[-1]
    log_s = F.log_softmax(logits_s.reshape(-1, V) / T, 1)
    with torch.no_grad():
        log_t = F.log_softmax(logits_t.reshape(-1, V) / T, 1)
    return F.kl_div(log_s, log_t, reduction="batchmean", log_target=True) * T**2
