# Mistake: subtracts in place, p is changed
import torch
def tvd(p, q):
    p.sub_(q)
    return p.abs().sum(-1) / 2
