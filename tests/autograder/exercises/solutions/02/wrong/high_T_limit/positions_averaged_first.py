# named: positions-averaged-first
# loses: value, any shape, shift
def high_T_limit(logits_t, logits_s):
    d = (logits_s - logits_t).reshape(-1, logits_s.shape[-1]).mean(0)
    return 0.5 * d.var(correction=0)
