# Right: pad_sequence over the rows that shift and mask select
import torch
from torch.nn.utils.rnn import pad_sequence
def align(logits, mask):
    before = logits[:, :-1]
    m = mask[:, 1:]
    pieces = [row[keep] for row, keep in zip(before, m)]
    flags = [torch.ones(len(piece), dtype=torch.bool) for piece in pieces]
    return pad_sequence(pieces, batch_first=True), pad_sequence(flags, batch_first=True, padding_value=False)
