import torch


def log_softmax(x):
    m = x.amax(-1, keepdim=True)
    return x - m - (x - m).exp().sum(-1, keepdim=True).log()


def sequence_log_prob(logits, y, mask):
    B, L, V = logits.shape
    answer = torch.zeros(B, dtype=torch.float64)
    for b in range(B):
        for i in range(L):
            if mask[b, i]:
                answer[b] += log_softmax(logits[b, i].double())[y[b, i]]
    return answer.to(logits.dtype)
