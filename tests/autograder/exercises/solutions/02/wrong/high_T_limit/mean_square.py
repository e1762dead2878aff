# named: not-centred
# loses: value, any shape, shift
def high_T_limit(logits_t, logits_s):
    return 0.5 * ((logits_s - logits_t) ** 2).mean()
