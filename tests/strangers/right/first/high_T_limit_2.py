import torch


def centred(z):
    return z - z.mean(-1, keepdim=True)


def high_T_limit(logits_t, logits_s):
    # regression of the student's logits on the teacher's, up to a constant in each row
    return torch.nn.functional.mse_loss(centred(logits_s), centred(logits_t)) / 2
