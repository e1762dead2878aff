# Mistake: no no_grad and no detach, the gradient runs into the teacher as well
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    t = softmax(teacher(batch["xt"])[:, :-1], T)[batch["mt"][:, 1:]]
    s = softmax(student(batch["xs"])[:, :-1], T)[batch["ms"][:, 1:]]
    loss = T**2 * kl(t, s).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
