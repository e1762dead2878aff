# named: logits-clamped
# loses: stable
def softmax(x, T=1.0):
    e = (x / T).clamp(-50, 50).exp()
    return e / e.sum(-1, keepdim=True)
