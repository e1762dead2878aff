import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    V = logits_s.size(-1)
    t = logits_t.detach().reshape(-1, V) / T
    s = logits_s.reshape(-1, V) / T
    return F.kl_div(s.log_softmax(-1), t.softmax(-1), reduction="batchmean") * T**2
