# Right: autograd.grad on a detached copy with log_target kl_div
import torch
import torch.nn.functional as F
def kd_grad(logits_t, logits_s, T):
    with torch.enable_grad():
        s = logits_s.detach().clone().requires_grad_(True)
        lt = F.log_softmax(logits_t.detach() / T, -1)
        total = F.kl_div(F.log_softmax(s / T, -1), lt, log_target=True, reduction="sum")
        loss = total * T**2 / s[..., 0].numel()
        return torch.autograd.grad(loss, s)[0]
