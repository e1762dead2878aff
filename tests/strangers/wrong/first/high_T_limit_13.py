# mistake: two at once: logits_s -= ... in place changes the caller's logits, and the positions are summed instead of averaged
import torch


def high_T_limit(logits_t, logits_s):
    with torch.no_grad():
        logits_s -= logits_t
        logits_s -= logits_s.mean(-1, keepdim=True)
    return 0.5 * logits_s.pow(2).mean(-1).sum()
