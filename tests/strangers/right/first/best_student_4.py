import math
import torch


def best_student(P, w):
    K, V = P.shape
    rows, weights = P.tolist(), w.tolist()
    m = [math.fsum(weights[k] * rows[k][v] for k in range(K)) for v in range(V)]
    floor = 0.0
    for k in range(K):
        for v in range(V):
            if rows[k][v] > 0:
                floor += weights[k] * rows[k][v] * math.log(rows[k][v] / m[v])
    return torch.tensor(m, dtype=P.dtype), torch.tensor(floor, dtype=P.dtype)
