# named: difference-of-variances
# loses: value, any shape, shift
def high_T_limit(logits_t, logits_s):
    return 0.5 * (logits_s.var(-1, correction=0) - logits_t.var(-1, correction=0)).mean()
