# Right: sets both modes explicitly, which changes nothing, and asks a deep copy of the teacher
import copy
from course_lib.losses.reference import log_softmax


def train_step(student, teacher, batch, optimizer, T=1.0):
    student.train()
    oracle = copy.deepcopy(teacher).eval().requires_grad_(False)
    t = log_softmax(oracle(batch["xt"]).div(T))[:, :-1][batch["mt"][:, 1:]]
    s = log_softmax(student(batch["xs"]).div(T))[:, :-1][batch["ms"][:, 1:]]
    loss = ((t - s) * t.exp()).sum(-1).mean().mul(T**2)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.tolist()
