# Mistake: the teacher is asked without no_grad, its weights collect gradients
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        group = batches[i : i + accumulate]
        n = sum(b["ms"].sum().item() for b in group)
        optimizer.zero_grad()
        so_far = 0.0
        for b in group:
            p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
            q = softmax(answer_logits(student, b["xs"], b["ms"]), T)
            loss = T**2 * kl(p, q).sum() / n
            loss.backward()
            so_far += loss.item()
        optimizer.step()
        losses.append(so_far)
    return losses
