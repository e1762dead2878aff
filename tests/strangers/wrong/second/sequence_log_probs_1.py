# Mistake: adds the levels as they are; broadcasting lines them up from the right, at the wrong words
import torch
def sequence_log_probs(tree):
    return sum(tree)
