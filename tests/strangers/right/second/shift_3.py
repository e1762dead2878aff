# Right: contiguous copies, returned as a list-built tuple
import torch
def shift(logits, tokens, mask):
    first = [slice(None), slice(0, -1)]
    last = [slice(None), slice(1, None)]
    return tuple(t[tuple(s)].contiguous() for t, s in ((logits, first), (tokens, last), (mask, last)))
