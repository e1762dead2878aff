# Mistake: one number for the whole batch instead of one for each sequence
import torch
def sequence_log_prob(logits, y, mask):
    logp = torch.log_softmax(logits, -1).gather(-1, y[..., None]).squeeze(-1)
    return logp[mask].sum()
