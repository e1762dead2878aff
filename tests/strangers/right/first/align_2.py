import torch


def align(logits, mask):
    # no loop: first the places that predict an answer, in a stable sort
    predicts = mask.roll(-1, 1)  # position 0 is never true, so nothing false wraps round
    count = predicts.sum(-1)
    M = int(count.max())
    order = torch.argsort((~predicts).to(torch.int8), dim=1, stable=True)[:, :M]
    rows = logits.gather(1, order.unsqueeze(-1).expand(-1, -1, logits.shape[-1]))
    valid = torch.arange(M)[None, :] < count[:, None]
    return rows.masked_fill(~valid[..., None], 0.0), valid
