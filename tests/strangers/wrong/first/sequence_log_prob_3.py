# mistake: the mask is read the wrong way round (true = pad): sums the pads instead of the tokens that count
import torch


def sequence_log_prob(logits, y, mask):
    lp = torch.log_softmax(logits, dim=-1)
    lp = torch.gather(lp, 2, y.unsqueeze(2)).squeeze(2)
    lp[mask] = 0.0          # pads do not count
    return lp.sum(dim=1)
