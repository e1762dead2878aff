# Right: loops over contexts, float64 inside, casts both results back
import torch
def best_student(P, w):
    P64, w64 = P.double(), w.double()
    m = torch.zeros(P.shape[1], dtype=torch.float64)
    for k in range(P.shape[0]):
        m = m + w64[k] * P64[k]
    floor = torch.zeros((), dtype=torch.float64)
    for k in range(P.shape[0]):
        seen = P64[k] > 0
        floor = floor + w64[k] * (P64[k][seen] * (P64[k][seen] / m[seen]).log()).sum()
    return m.to(P.dtype), floor.to(P.dtype)
