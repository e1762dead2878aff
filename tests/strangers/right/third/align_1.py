# Right: boolean indexing of the shifted rows, then pad_sequence.
import torch
from torch.nn.utils.rnn import pad_sequence

def align(logits, mask):
    picked = [row[:-1][m[1:]] for row, m in zip(logits, mask)]
    rows = pad_sequence(picked, batch_first=True, padding_value=0.0)
    valid = pad_sequence([torch.ones(len(p), dtype=torch.bool) for p in picked], batch_first=True)
    return rows, valid
