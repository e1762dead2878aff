# Right: from the last level backwards, the best continuation of each prefix, carrying the student's cost along.
import torch

def argmax_loss(tree_t, tree_s):
    best, cost = torch.zeros_like(tree_t[-1]), torch.zeros_like(tree_s[-1])
    for t, s in zip(tree_t[::-1], tree_s[::-1]):
        top, word = (t + best).max(-1)
        cost = (cost - s).gather(-1, word[..., None])[..., 0]
        best = top
    return cost
