import torch


def argmax_loss(tree_t, tree_s):
    # Viterbi from the leaves: the best that can still come after each prefix, and its cost for the student
    best = torch.zeros_like(tree_t[-1])
    cost = torch.zeros_like(tree_s[-1])
    for log_t, log_s in zip(tree_t[::-1], tree_s[::-1]):
        best, word = (log_t + best).max(dim=-1)
        cost = (cost - log_s).gather(-1, word.unsqueeze(-1)).squeeze(-1)
    return cost
