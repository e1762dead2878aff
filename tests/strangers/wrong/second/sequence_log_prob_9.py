# Mistake: masks the logits instead of the log-probabilities; a masked position still adds -log V
import torch
def sequence_log_prob(logits, y, mask):
    kept = logits * mask.unsqueeze(-1)
    return kept.log_softmax(-1).gather(-1, y.unsqueeze(-1)).squeeze(-1).sum(-1)
