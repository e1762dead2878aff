import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    log_p = torch.log_softmax(logits_t.detach().double() / T, -1)
    log_q = torch.log_softmax(logits_s.double() / T, -1)
    kl = torch.einsum("bmv,bmv->bm", log_p.exp(), log_p - log_q)
    loss = T**2 * torch.einsum("bm,bm->", kl, mask.double()) / max(mask.sum().item(), 1)
    return loss.to(logits_s.dtype)
