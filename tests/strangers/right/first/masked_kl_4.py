import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    # plain loops, token by token
    loss = logits_s[:0].sum()  # an empty sum that still hangs on logits_s
    count = 0
    for b in range(mask.shape[0]):
        for i in range(mask.shape[1]):
            if not mask[b, i]:
                continue
            count += 1
            with torch.no_grad():
                log_pt = (logits_t[b, i] / T).log_softmax(0)
                pt = log_pt.exp()
            log_ps = (logits_s[b, i] / T).log_softmax(0)
            loss = loss + torch.xlogy(pt, pt).sum() - pt @ log_ps
    if count:
        loss = loss * (T * T / count)
    return loss
