# Right: a custom autograd function with the gradient of section 6
import torch
class KD(torch.autograd.Function):
    @staticmethod
    def forward(ctx, t, s, T):
        lt, ls = (t / T).log_softmax(-1), (s / T).log_softmax(-1)
        n = max(lt[..., 0].numel(), 1)
        ctx.save_for_backward((ls.exp() - lt.exp()) * (T / n))
        return (lt.exp() * (lt - ls)).sum() * (T**2 / n)
    @staticmethod
    def backward(ctx, up):
        (g,) = ctx.saved_tensors
        return None, up * g, None
def kd_loss(logits_t, logits_s, T):
    return KD.apply(logits_t, logits_s, T)
