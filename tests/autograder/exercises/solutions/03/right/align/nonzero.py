import torch
from torch.nn.utils.rnn import pad_sequence


def align(logits, mask):
    picked = [row[m.nonzero().squeeze(-1) - 1] for row, m in zip(logits, mask, strict=True)]
    rows = pad_sequence(picked, batch_first=True)
    counts = torch.tensor([len(each) for each in picked])
    return rows, torch.arange(rows.shape[1])[None] < counts[:, None]
