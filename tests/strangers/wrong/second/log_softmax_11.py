# Mistake: fills a torch.zeros of the default dtype row by row, float64 becomes float32
import torch
def log_softmax(x):
    flat = x.reshape(-1, x.size(-1))
    out = torch.zeros(flat.shape)
    for i in range(flat.size(0)):
        out[i] = flat[i] - torch.logsumexp(flat[i], 0)
    return out.reshape(x.shape)
