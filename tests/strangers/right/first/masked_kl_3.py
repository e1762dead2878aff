import torch


class _KL(torch.autograd.Function):
    @staticmethod
    def forward(ctx, zt, zs, mask, T):
        T = float(T)
        n = max(mask.sum().item(), 1)
        a = torch.log_softmax(zt[mask].double() / T, -1)
        b = torch.log_softmax(zs[mask].double() / T, -1)
        grad = torch.zeros(zs.shape, dtype=torch.float64)
        grad[mask] = T / n * (b.exp() - a.exp())
        ctx.save_for_backward(grad.to(zs.dtype))
        terms = torch.where(a.exp() > 0, a.exp() * (a - b), torch.zeros_like(a))
        return (T**2 * terms.sum() / n).to(zs.dtype)

    @staticmethod
    def backward(ctx, up):
        (grad,) = ctx.saved_tensors
        return None, up * grad, None, None


def masked_kl(logits_t, logits_s, mask, T=1.0):
    return _KL.apply(logits_t, logits_s, mask, T)
