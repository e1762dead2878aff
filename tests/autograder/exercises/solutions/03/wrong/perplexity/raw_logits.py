# named: logits-not-normalised
# loses: value, long, pads
def perplexity(logits, labels, mask):
    chosen = logits.gather(-1, labels.unsqueeze(-1)).squeeze(-1)
    return (-chosen[mask].mean()).exp()
