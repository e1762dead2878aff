# Mistake: surprise at the teacher's favourite word only, the other words are not weighed
import torch
def cross_entropy(p, q):
    y = p.argmax(-1, keepdim=True)
    return -q.gather(-1, y).squeeze(-1).log()
