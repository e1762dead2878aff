# Mistake: reduction="mean" divides by the number of outcomes as well
import torch
import torch.nn.functional as F
def kd_loss(logits_t, logits_s, T):
    criterion = torch.nn.KLDivLoss(reduction="mean", log_target=True)
    return T * T * criterion(F.log_softmax(logits_s / T, -1), F.log_softmax(logits_t.detach() / T, -1))
