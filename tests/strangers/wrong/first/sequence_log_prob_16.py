# mistake: half-finished: returns the masked log-probability of each token [B, L], the sum over the sequence is missing
import torch


def sequence_log_prob(logits, y, mask):
    log_p = torch.log_softmax(logits, dim=-1)
    one_hot = torch.nn.functional.one_hot(y, logits.shape[-1])
    token_log_p = (log_p * one_hot).sum(-1)
    # now the sum?
    return token_log_p * mask
