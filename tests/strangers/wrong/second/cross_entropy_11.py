# Mistake: bits instead of nats
import torch
def cross_entropy(p, q):
    t = p * q.log2()
    t[p == 0] = 0
    return -t.sum(-1)
