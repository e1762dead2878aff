# Mistake: relative steps (Δθ/θ) instead of steps
def first_order_change(before, after, grads):
    total = 0.0
    for name in before:
        rel = (after[name] - before[name]) / before[name].abs().clamp(min=1e-8)
        total += (grads[name] * rel).sum().item()
    return total
