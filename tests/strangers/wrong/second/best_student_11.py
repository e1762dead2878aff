# Mistake: takes log V - H(m) for the floor, the mixture's distance from the uniform distribution
import math
import torch
def best_student(P, w):
    m = w @ P
    return m, math.log(P.shape[1]) - torch.special.entr(m).sum()
