# named:
# loses: inputs
def high_T_limit(logits_t, logits_s):
    logits_s -= logits_t
    return 0.5 * logits_s.var(-1, unbiased=False).mean()
