# Mistake: clears the gradients only after the step, so what was there before the call counts
import torch
import torch.nn.functional as F


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        zt = teacher(batch["xt"])
    zs = student(batch["xs"])
    rows_t, cols_t = batch["mt"].nonzero(as_tuple=True)
    rows_s, cols_s = batch["ms"].nonzero(as_tuple=True)
    zt, zs = zt[rows_t, cols_t - 1], zs[rows_s, cols_s - 1]
    loss = T**2 * F.kl_div(
        (zs / T).log_softmax(-1), (zt / T).log_softmax(-1), log_target=True, reduction="batchmean"
    )
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()
