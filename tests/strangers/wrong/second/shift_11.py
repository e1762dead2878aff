# Mistake: wipes the labels that do not count to 0
import torch
def shift(logits, tokens, mask):
    out_l, out_t, out_m = [], [], []
    for b in range(len(tokens)):
        out_l.append(logits[b, :-1])
        out_t.append(tokens[b, 1:] * mask[b, 1:])
        out_m.append(mask[b, 1:])
    return torch.stack(out_l), torch.stack(out_t), torch.stack(out_m)
