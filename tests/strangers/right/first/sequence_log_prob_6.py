import torch


def sequence_log_prob(logits, y, mask):
    V = logits.shape[-1]
    wanted = (y[..., None] == torch.arange(V)) & mask[..., None]      # [B, L, V] bool
    zero = torch.zeros((), dtype=logits.dtype)
    picked = torch.where(wanted, logits - logits.logsumexp(-1, keepdim=True), zero)
    return torch.einsum("blv->b", picked)
