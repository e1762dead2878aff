# Mistake: sums the raw logits of the tokens, never normalised
import torch
def sequence_log_prob(logits, y, mask):
    B, L, V = logits.shape
    picked = logits[torch.arange(B)[:, None], torch.arange(L)[None, :], y]
    return torch.einsum("bl,bl->b", picked, mask.to(picked.dtype))
