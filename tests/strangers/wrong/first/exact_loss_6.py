# mistake: changes the teacher's tensors into probabilities in place (exp_)
def exact_loss(tree_t, tree_s):
    joint_t, joint_s = tree_t[0].exp_(), tree_s[0]
    for t, s in zip(tree_t[1:], tree_s[1:]):
        joint_t = joint_t[..., None] * t.exp_()
        joint_s = joint_s[..., None] + s
    return -(joint_t * joint_s).sum()
