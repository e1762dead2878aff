# Right: custom autograd function with the gradient of the text
import torch
class MaskedKL(torch.autograd.Function):
    @staticmethod
    def forward(ctx, s, t, mask, T):
        n = max(int(mask.sum()), 1)
        lt, ls = torch.log_softmax(t / T, -1), torch.log_softmax(s / T, -1)
        gap = torch.where(mask[..., None], ls.exp() - lt.exp(), 0.0)
        ctx.save_for_backward(gap * (T / n))
        each = (lt.exp() * (lt - ls)).sum(-1)
        return torch.where(mask, each, 0.0).sum() * (T**2 / n)
    @staticmethod
    def backward(ctx, up):
        return up * ctx.saved_tensors[0], None, None, None
def masked_kl(logits_t, logits_s, mask, T=1.0):
    return MaskedKL.apply(logits_s, logits_t, mask, T)
