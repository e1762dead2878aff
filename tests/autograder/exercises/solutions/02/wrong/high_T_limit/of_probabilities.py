# named: of-probabilities
# loses: value, any shape, shift
def high_T_limit(logits_t, logits_s):
    d = logits_s.softmax(-1) - logits_t.softmax(-1)
    return 0.5 * d.var(-1, correction=0).mean()
