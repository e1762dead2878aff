# named: answers-as-targets
# loses: step, left over, three steps, dropout, default, loss
import torch.nn.functional as F


def train_step(student, teacher, batch, optimizer, T=1.0):
    z_s = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    loss = F.cross_entropy(z_s, batch["xs"][batch["ms"]])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
