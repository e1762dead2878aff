import torch.nn.functional as F


def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()


def exact_loss(tree_t, tree_s):
    log_t, log_s = log_probs(tree_t), log_probs(tree_s)
    kl = F.kl_div(log_s, log_t, log_target=True, reduction="sum")
    return kl - (log_t.exp() * log_t).sum()
