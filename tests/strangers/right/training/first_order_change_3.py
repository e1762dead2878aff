# Right: g·after minus g·before, two dot products, in double precision
import torch


def first_order_change(before, after, grads):
    def dot(weights):
        return sum(float(torch.sum(grads[n].double() * weights[n].double())) for n in weights)

    return float(dot(after) - dot(before))
