# named: standard-deviation
# loses: value, any shape, shift
def high_T_limit(logits_t, logits_s):
    return 0.5 * (logits_s - logits_t).std(-1, correction=0).mean()
