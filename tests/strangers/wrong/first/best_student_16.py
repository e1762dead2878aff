# mistake: half-finished: only m is right, the floor is claimed to be 0 always
import torch


def best_student(P, w):
    m = w @ P
    # the best student is the best, so its loss should be zero?
    return m, torch.tensor(0.0, dtype=P.dtype)
