# Mistake: mean over the entries of each tensor where the text has a sum
def first_order_change(before, after, grads):
    result = 0.0
    for name in before:
        delta = after[name] - before[name]
        result += (grads[name] * delta).mean().item()
    return result
