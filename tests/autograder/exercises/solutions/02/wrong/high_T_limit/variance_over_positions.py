# named: over-first-dimension
# loses: value, any shape, shift
def high_T_limit(logits_t, logits_s):
    return 0.5 * (logits_s - logits_t).var(0, correction=0).mean()
