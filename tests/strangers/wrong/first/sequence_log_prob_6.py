# mistake: masks the logits instead of the log-probabilities, so each position that does not count still adds -log V
import torch


def sequence_log_prob(logits, y, mask):
    logits = logits * mask.unsqueeze(-1)
    lp = torch.log_softmax(logits, dim=-1)
    return lp.gather(-1, y.unsqueeze(-1)).squeeze(-1).sum(-1)
