# Mistake: shifts by one out of habit (logits[:, :-1] with y[:, 1:]) although logits and y are aligned already.
import torch

def sequence_log_prob(logits, y, mask):
    logp = logits[:, :-1].log_softmax(-1)
    tok = torch.gather(logp, 2, y[:, 1:, None])[..., 0]
    return (tok * mask[:, 1:]).sum(1)
