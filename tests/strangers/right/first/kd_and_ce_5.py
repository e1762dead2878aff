import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    s, t, y = logits_s.reshape(-1, V), logits_t.detach().reshape(-1, V), labels.reshape(-1)
    soft = F.kl_div(F.log_softmax(s / T, -1), F.log_softmax(t / T, -1), reduction="sum", log_target=True)
    hard = F.nll_loss(F.log_softmax(s, -1), y, reduction="sum")
    return (alpha * T**2 * soft + (1 - alpha) * hard) / y.numel()
