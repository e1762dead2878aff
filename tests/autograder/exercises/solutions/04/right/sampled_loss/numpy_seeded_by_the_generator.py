import numpy as np
import torch


def sampled_loss(tree_t, tree_s, n, generator):
    seed = torch.randint(2**62, (1,), generator=generator).item()
    rng = np.random.default_rng(seed)
    log_t, log_s = np.zeros(()), np.zeros(())
    for t, s in zip(tree_t, tree_s, strict=True):
        log_t, log_s = log_t[..., None] + t.numpy(), log_s[..., None] + s.numpy()
    p = np.exp(log_t).ravel()
    losses = -log_s.ravel()[rng.choice(len(p), n, p=p / p.sum())]
    return losses.mean(), losses.std(ddof=1) / np.sqrt(n)
