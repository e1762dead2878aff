# Right: loop over positions, starts from a zero that hangs on logits_s
import torch
def masked_kl(logits_t, logits_s, mask, T=1.0):
    loss = logits_s[:0].sum()
    n = 0
    for b, i in mask.nonzero().tolist():
        lt = torch.log_softmax(logits_t[b, i].detach() / T, 0)
        ls = torch.log_softmax(logits_s[b, i] / T, 0)
        seen = lt > -torch.inf
        loss = loss + (lt[seen].exp() * (lt[seen] - ls[seen])).sum()
        n += 1
    return loss * T * T / max(n, 1)
