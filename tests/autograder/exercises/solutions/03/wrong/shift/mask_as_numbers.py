# named:
# loses: dtype
def shift(logits, tokens, mask):
    return logits[:, :-1].float(), tokens[:, 1:], mask[:, 1:].float()
