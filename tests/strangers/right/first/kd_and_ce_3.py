import torch


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    # one position after the other, in double
    V = logits_s.shape[-1]
    zt = logits_t.detach().double().reshape(-1, V)
    zs = logits_s.double().reshape(-1, V)
    y = labels.reshape(-1).tolist()
    total = 0.0
    for n in range(len(y)):
        a = torch.log_softmax(zt[n] / T, 0)
        b = torch.log_softmax(zs[n] / T, 0)
        kd = T * T * (a.exp() @ (a - b))
        ce = torch.logsumexp(zs[n], 0) - zs[n, y[n]]
        total = total + alpha * kd + (1.0 - alpha) * ce
    return (total / len(y)).to(logits_s.dtype)
