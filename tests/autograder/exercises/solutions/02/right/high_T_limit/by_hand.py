def high_T_limit(logits_t, logits_s):
    difference = logits_s - logits_t
    centred = difference - difference.mean(dim=-1, keepdim=True)
    return (centred**2).mean(dim=-1).mean() / 2
