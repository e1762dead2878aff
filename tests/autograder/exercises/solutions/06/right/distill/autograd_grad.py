import torch


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    """Gradients by torch.autograd.grad, added up by hand, and put where the optimizer finds them."""
    parameters = [p for p in student.parameters() if p.requires_grad]
    batches = list(batches)
    losses = []
    while batches:
        group, batches = batches[:accumulate], batches[accumulate:]
        count = torch.cat([b["ms"].flatten() for b in group]).sum()
        gradients = [torch.zeros_like(p) for p in parameters]
        loss = 0.0
        for b in group:
            with torch.no_grad():
                z_t = teacher(b["xt"]).roll(1, dims=1)[b["mt"]]
            z_s = student(b["xs"]).roll(1, dims=1)[b["ms"]]
            log_t = (z_t / T).log_softmax(-1)
            log_s = (z_s / T).log_softmax(-1)
            share = T**2 * (log_t.exp() * (log_t - log_s)).sum() / count
            for g, new in zip(gradients, torch.autograd.grad(share, parameters), strict=True):
                g += new
            loss += share.item()
        for p, g in zip(parameters, gradients, strict=True):
            p.grad = g
        optimizer.step()
        for p in parameters:
            p.grad = None
        losses.append(loss)
    return losses
