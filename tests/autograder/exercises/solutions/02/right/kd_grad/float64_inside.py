def kd_grad(logits_t, logits_s, T):
    t, s = logits_t.double() / T, logits_s.double() / T
    gradient = s.softmax(-1).sub(t.softmax(-1)).mul(T).div(s[..., 0].numel())
    return gradient.type_as(logits_s)
