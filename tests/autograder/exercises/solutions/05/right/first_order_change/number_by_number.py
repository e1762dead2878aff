def first_order_change(before, after, grads):
    total = 0.0
    for k in grads:
        moved = (after[k] - before[k]).flatten().tolist()
        for slope, distance in zip(grads[k].flatten().tolist(), moved):
            total += slope * distance
    return total
