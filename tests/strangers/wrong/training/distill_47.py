# Mistake: late binding: the functions in the list all look at the last batch of the group
import torch
from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits


def distill(student, teacher, batches, optimizer, T=1.0, accumulate=1):
    losses = []
    for i in range(0, len(batches), accumulate):
        todo = []
        for b in batches[i : i + accumulate]:
            def per_token():
                with torch.no_grad():
                    p = softmax(answer_logits(teacher, b["xt"], b["mt"]), T)
                return T**2 * kl(p, softmax(answer_logits(student, b["xs"], b["ms"]), T))

            todo.append(per_token)
        optimizer.zero_grad()
        loss = torch.cat([job() for job in todo]).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
