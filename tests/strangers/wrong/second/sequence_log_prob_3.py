# Mistake: shifts logits against tokens although they are already aligned
import torch
import torch.nn.functional as F
def sequence_log_prob(logits, y, mask):
    lp = F.log_softmax(logits[:, :-1], dim=-1)
    target = y[:, 1:]
    m = mask[:, 1:]
    tok = lp.gather(-1, target[..., None]).squeeze(-1)
    return torch.where(m, tok, torch.zeros_like(tok)).sum(-1)
