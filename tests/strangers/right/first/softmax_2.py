import torch.nn.functional as F


softmax = lambda x, T=1.0: F.softmax(x / T, dim=-1)
