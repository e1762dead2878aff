# Mistake: no care for zeros, NaN whenever p or q has a 0
import torch
def js(p, q):
    m = (p + q) / 2
    return ((p * (p / m).log()).sum(-1) + (q * (q / m).log()).sum(-1)) / 2
