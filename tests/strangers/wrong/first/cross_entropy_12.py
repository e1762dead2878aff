# mistake: two at once: writes 1 into the caller's q where it is 0, and by that also loses the inf where p > 0
import torch


def cross_entropy(p, q):
    q[q == 0] = 1          # log(1) = 0
    return -(p * q.log()).sum(-1)
