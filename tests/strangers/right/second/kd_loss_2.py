# Right: F.kl_div on flattened logits with log_target, batchmean, no_grad for the teacher
import torch
import torch.nn.functional as F
def kd_loss(logits_t, logits_s, T):
    V = logits_t.size(-1)
    with torch.no_grad():
        target = F.log_softmax(logits_t.reshape(-1, V) / T, dim=1)
    guess = F.log_softmax(logits_s.reshape(-1, V) / T, dim=1)
    return F.kl_div(guess, target, reduction="batchmean", log_target=True).mul(float(T) ** 2)
