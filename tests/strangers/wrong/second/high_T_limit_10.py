# Mistake: evaluates the KD loss at T = 100 instead of taking the limit, only nearly right
import torch
def high_T_limit(logits_t, logits_s):
    T = 100.0
    lt = torch.log_softmax(logits_t / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    return T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
