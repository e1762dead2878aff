# Mistake: the mask multiplies the logits instead of the token log-probabilities, so each masked position adds -log V.
import torch

def sequence_log_prob(logits, y, mask):
    logits = logits * mask.unsqueeze(-1)
    logp = torch.log_softmax(logits, dim=-1)
    return logp.gather(-1, y.unsqueeze(-1)).squeeze(-1).sum(dim=-1)
