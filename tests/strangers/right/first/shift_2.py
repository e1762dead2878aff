import torch


def shift(logits, tokens, mask):
    B, L, V = logits.shape
    new_logits = torch.empty(B, L - 1, V, dtype=logits.dtype)
    new_tokens = torch.empty(B, L - 1, dtype=tokens.dtype)
    new_mask = torch.empty(B, L - 1, dtype=mask.dtype)
    for b in range(B):
        for i in range(L - 1):
            new_logits[b, i] = logits[b, i]
            new_tokens[b, i] = tokens[b, i + 1]
            new_mask[b, i] = mask[b, i + 1]
    return new_logits, new_tokens, new_mask
