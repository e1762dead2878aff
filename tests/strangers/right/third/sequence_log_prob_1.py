# Right: one F.cross_entropy with reduction='sum' per sequence, on the selected tokens only.
import torch
import torch.nn.functional as F

def sequence_log_prob(logits, y, mask):
    return torch.stack([-F.cross_entropy(l[m], t[m], reduction="sum") for l, t, m in zip(logits, y, mask)])
