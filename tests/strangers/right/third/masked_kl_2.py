# Right: a weight for each position (mask / count, zeros for an empty mask), contracted by einsum.
import torch

def masked_kl(logits_t, logits_s, mask, T=1.0):
    keep = mask[..., None]
    t = (logits_t.detach().masked_fill(~keep, 0.0) / T).log_softmax(-1)
    s = (logits_s.masked_fill(~keep, 0.0) / T).log_softmax(-1)
    weight = mask.to(s.dtype) / mask.sum().clamp(min=1)
    return torch.einsum("bm,bmv,bmv->", weight, t.exp(), t - s) * T**2
