import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    total = (logits_s * 0).sum()
    count = 0
    for z_t, z_s, m in zip(logits_t.detach(), logits_s, mask, strict=True):
        for j in range(len(m)):
            if m[j]:
                log_p, log_q = torch.log_softmax(z_t[j] / T, 0), torch.log_softmax(z_s[j] / T, 0)
                total = total + T**2 * torch.dot(log_p.exp(), log_p - log_q)
                count += 1
    return total / count if count else total
