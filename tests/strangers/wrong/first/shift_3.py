# mistake: writes -100 into the labels where the mask is false, although ids are asked for everywhere
def shift(logits, tokens, mask):
    labels = tokens[:, 1:].clone()
    keep = mask[:, 1:]
    labels[~keep] = -100  # as cross_entropy likes it
    return logits[:, :-1].contiguous(), labels.contiguous(), keep.contiguous()
