# Right: scatter_add of the selected tokens' log-probabilities into their rows
import torch
def sequence_log_prob(logits, y, mask):
    b, i = torch.nonzero(mask, as_tuple=True)
    rows = logits[b, i]
    lp = rows.gather(1, y[b, i, None])[:, 0] - rows.logsumexp(1)
    return torch.zeros(len(y), dtype=logits.dtype).index_add(0, b, lp)
