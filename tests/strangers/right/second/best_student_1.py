# Right: mutual information as H(m) minus the mean entropy, with torch.special.entr
import torch
def best_student(P, w):
    entr = torch.special.entr
    m = torch.tensordot(w, P, dims=1)
    return m, entr(m).sum() - torch.dot(w, entr(P).sum(1))
