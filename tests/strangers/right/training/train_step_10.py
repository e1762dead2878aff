# Right: switches the teacher's requires_grad off for the call and puts it back as it was, in a finally
from course_lib.losses.reference import kl, softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    wanted = [(w, w.requires_grad) for w in teacher.parameters()]
    try:
        for w, _ in wanted:
            w.requires_grad_(False)
        p_t = softmax(teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]], T)
    finally:
        for w, flag in wanted:
            w.requires_grad_(flag)
    for w in student.parameters():
        if w.grad is not None:
            w.grad.zero_()
    loss = T**2 * kl(p_t, softmax(student(batch["xs"])[:, :-1][batch["ms"][:, 1:]], T)).mean()
    loss.backward()
    optimizer.step()
    return loss.item()
