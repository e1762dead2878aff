import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    t = logits_t.detach().flatten(0, -2) if logits_t.dim() > 1 else logits_t.detach()[None]
    s = logits_s.flatten(0, -2) if logits_s.dim() > 1 else logits_s[None]
    loss = s.new_zeros(())
    for chunk_t, chunk_s in zip(t.split(2), s.split(2), strict=True):
        loss = loss + F.kl_div(
            F.log_softmax(chunk_s / T, -1), F.softmax(chunk_t / T, -1), reduction="sum"
        )
    return loss * T**2 / len(s)
