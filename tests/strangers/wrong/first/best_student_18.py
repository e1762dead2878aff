# mistake: two at once: the rows and their KLs are averaged without w, and zeros in P give NaN
import torch


def best_student(P, w):
    best = torch.mean(P, dim=0)
    floor = torch.mean(torch.sum(P * (P.log() - best.log()), dim=1))
    return best, floor
