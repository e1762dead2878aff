# named: summed-over-outcomes
# loses: value, any shape, shift
def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    return 0.5 * (d - d.mean(-1, keepdim=True)).pow(2).sum(-1).mean()
