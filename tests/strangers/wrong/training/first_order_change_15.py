# Mistake: divides by the length of the step, so it is a slope in that direction, not a change
def first_order_change(before, after, grads):
    dot = length = 0.0
    for name in before:
        d = after[name] - before[name]
        dot += (grads[name] * d).sum().item()
        length += (d * d).sum().item()
    return dot / length**0.5 if length else 0.0
