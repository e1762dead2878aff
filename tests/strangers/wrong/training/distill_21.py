# Mistake: copies the teacher's weights into the student: why train at all
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        p, q = [], []
        for b in batches[i : i + accumulate]:
            with torch.no_grad():
                p.append(softmax(answer_logits(teacher, b["xt"], b["mt"]), T))
                q.append(softmax(answer_logits(student, b["xs"], b["ms"]), T))
        losses.append((T**2 * kl(torch.cat(p), torch.cat(q)).mean()).item())
        if set(student.state_dict()) == set(teacher.state_dict()):
            student.load_state_dict(teacher.state_dict())
    return losses
