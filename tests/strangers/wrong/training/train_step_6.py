# Mistake: the factor T² is missing
import torch
from course_lib.losses.reference import log_softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    optimizer.zero_grad()
    student_logits = student(batch["xs"])
    with torch.no_grad():
        teacher_logits = teacher(batch["xt"])
    pick_s = batch["ms"].roll(-1, dims=1)
    pick_t = batch["mt"].roll(-1, dims=1)
    ls = log_softmax(student_logits[pick_s] / T)
    lt = log_softmax(teacher_logits[pick_t] / T)
    loss = torch.sum(lt.exp() * (lt - ls), dim=-1).mean()
    loss.backward()
    optimizer.step()
    return loss.item()
