import torch


def sequence_log_prob(logits, y, mask):
    # only look at the tokens that count, and add each to its sequence
    b, i = mask.nonzero(as_tuple=True)
    rows = logits[b, i]
    scores = rows[torch.arange(len(b)), y[b, i]] - rows.logsumexp(-1)
    return torch.zeros(logits.shape[0], dtype=logits.dtype).index_add(0, b, scores)
