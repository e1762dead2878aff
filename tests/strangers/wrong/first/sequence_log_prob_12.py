# mistake: fills masked positions with -inf instead of 0, so any pad makes the whole sequence impossible
import torch


def sequence_log_prob(logits, y, mask):
    tok = torch.log_softmax(logits, -1).gather(-1, y.unsqueeze(-1)).squeeze(-1)
    return tok.masked_fill(~mask, float("-inf")).sum(-1)
