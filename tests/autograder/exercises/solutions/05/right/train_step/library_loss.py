import torch
import torch.nn.functional as F


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad(set_to_none=False)
    with torch.inference_mode():
        logits_t = teacher(batch["xt"])
    p_t = F.softmax(logits_t[:, :-1][batch["mt"][:, 1:]].clone() / T, dim=-1)
    log_s = F.log_softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]] / T, dim=-1)
    loss = F.kl_div(log_s, p_t, reduction="batchmean") * T * T
    loss.backward()
    optimizer.step()
    return float(loss)
