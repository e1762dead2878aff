def exact_loss(tree_t, tree_s):
    """Chain rule: cross-entropy at each prefix, weighted by how likely the teacher makes the prefix."""
    loss = 0.0
    reach = 1.0
    for log_t, log_s in zip(tree_t, tree_s):
        joint = log_t.exp() if isinstance(reach, float) else reach[..., None] * log_t.exp()
        loss = loss - (joint * log_s).sum()
        reach = joint
    return loss
