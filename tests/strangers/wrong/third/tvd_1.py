# Mistake: compares cumulative sums (the Kolmogorov-Smirnov distance), which depends on the order of the outcomes.
import torch

def tvd(p, q):
    gap = p.cumsum(-1) - q.cumsum(-1)
    return gap.abs().max(-1).values
