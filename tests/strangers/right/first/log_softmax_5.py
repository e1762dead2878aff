from torch.distributions import Categorical


def log_softmax(x):
    # Categorical keeps normalised logits, which is what we want
    return Categorical(logits=x).logits
