"""Answers of the example class, as the students typed them: right ones in many styles, wrong ones.

Each is the source of an answer cell, without its marker line.
"""

# -- right, in different styles -----------------------------------------------------------------

KD_LOSS_BY_HAND = '''
def kd_loss(logits_t, logits_s, T):
    """T² · KL(p_t^T ‖ p_s^T), mean over all leading positions."""
    log_t = torch.log_softmax(logits_t.detach() / T, dim=-1)
    log_s = torch.log_softmax(logits_s / T, dim=-1)
    return T**2 * (log_t.exp() * (log_t - log_s)).sum(-1).mean()
'''

KD_LOSS_LIBRARY = """
def kd_loss(logits_t, logits_s, T):
    V = logits_s.shape[-1]
    log_s = F.log_softmax(logits_s / T, dim=-1).view(-1, V)
    log_t = F.log_softmax(logits_t.detach() / T, dim=-1).view(-1, V)
    return F.kl_div(log_s, log_t, reduction="batchmean", log_target=True) * T * T
"""

KD_LOSS_EINSUM = """
def kd_loss(logits_t, logits_s, T):
    p = soften(logits_t.detach(), T)
    difference = torch.log_softmax(logits_t.detach() / T, -1) - torch.log_softmax(logits_s / T, -1)
    per_position = torch.einsum("...v,...v->...", p, difference)
    return T * T * per_position.sum() / max(1, per_position.numel())
"""

KD_LOSS_FLOAT64_LOOP = """
def kd_loss(logits_t, logits_s, T):
    warnings.warn("looping over rows is slow")
    rows_t = logits_t.detach().double().reshape(-1, logits_t.shape[-1])
    rows_s = logits_s.double().reshape(-1, logits_s.shape[-1])
    total = 0.0
    for t, s in zip(rows_t, rows_s):
        lt, ls = (t / T).log_softmax(0), (s / T).log_softmax(0)
        total = total + (lt.exp() * (lt - ls)).sum()
    return (T**2 * total / len(rows_t)).to(logits_s.dtype)
"""

KD_AND_CE = """
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    hard = torch.nn.functional.cross_entropy(logits_s.reshape(-1, V), labels.reshape(-1))
    return alpha * kd_loss(logits_t, logits_s, T) + (1 - alpha) * hard
"""

KD_AND_CE_GATHER = """
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    log_p = logits_s.log_softmax(-1).gather(-1, labels[..., None]).squeeze(-1)
    return alpha * kd_loss(logits_t, logits_s, T) - (1 - alpha) * log_p.mean()
"""

KD_GRAD = """
def kd_grad(logits_t, logits_s, T):
    positions = logits_s[..., 0].numel()
    return T * (torch.softmax(logits_s / T, -1) - torch.softmax(logits_t / T, -1)) / positions
"""

KD_GRAD_AUTOGRAD = """
def kd_grad(logits_t, logits_s, T):
    student = logits_s.detach().clone().requires_grad_()
    return torch.autograd.grad(kd_loss(logits_t, student, T), student)[0]
"""

KD_GRAD_NUMPY = """
def kd_grad(logits_t, logits_s, T):
    t, s = logits_t.detach().numpy() / T, logits_s.detach().numpy() / T
    p = np.exp(t - t.max(-1, keepdims=True))
    q = np.exp(s - s.max(-1, keepdims=True))
    p, q = p / p.sum(-1, keepdims=True), q / q.sum(-1, keepdims=True)
    return torch.from_numpy(np.asarray(T * (q - p) / max(1, q[..., 0].size))).to(logits_s.dtype)
"""

HIGH_T_LIMIT = """
def high_T_limit(logits_t, logits_s):
    difference = logits_s - logits_t
    return 0.5 * difference.var(dim=-1, unbiased=False).mean()
"""

HIGH_T_LIMIT_BY_HAND = """
def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    d = d - d.mean(-1, keepdim=True)
    return (d * d).mean(-1).mean() / 2
"""

# -- wrong --------------------------------------------------------------------------------------

KD_LOSS_NO_T2 = """
def kd_loss(logits_t, logits_s, T):
    log_t = torch.log_softmax(logits_t.detach() / T, dim=-1)
    log_s = torch.log_softmax(logits_s / T, dim=-1)
    return (log_t.exp() * (log_t - log_s)).sum(-1).mean()
"""

KD_LOSS_SWAPPED = """
def kd_loss(logits_t, logits_s, T):
    log_t = torch.log_softmax(logits_t.detach() / T, dim=-1)
    log_s = torch.log_softmax(logits_s / T, dim=-1)
    return T**2 * (log_s.exp() * (log_s - log_t)).sum(-1).mean()
"""

KD_LOSS_NO_T2_SWAPPED = """
def kd_loss(logits_t, logits_s, T):
    log_t = torch.log_softmax(logits_t.detach() / T, dim=-1)
    log_s = torch.log_softmax(logits_s / T, dim=-1)
    return (log_s.exp() * (log_s - log_t)).sum(-1).mean()
"""

KD_LOSS_DETACHED = """
def kd_loss(logits_t, logits_s, T):
    log_t = torch.log_softmax(logits_t / T, dim=-1)
    log_s = torch.log_softmax(logits_s / T, dim=-1)
    loss = T**2 * (log_t.exp() * (log_t - log_s)).sum(-1).mean()
    return torch.tensor(loss.item(), dtype=logits_s.dtype)
"""

KD_AND_CE_ALPHA_SWAPPED = """
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    hard = torch.nn.functional.cross_entropy(logits_s.reshape(-1, V), labels.reshape(-1))
    return (1 - alpha) * kd_loss(logits_t, logits_s, T) + alpha * hard
"""

KD_GRAD_SIGN = """
def kd_grad(logits_t, logits_s, T):
    positions = logits_s[..., 0].numel()
    return T * (torch.softmax(logits_t / T, -1) - torch.softmax(logits_s / T, -1)) / positions
"""

KD_GRAD_ENDLESS = """
def kd_grad(logits_t, logits_s, T):
    step = 0
    while step < 10:
        gradient = torch.softmax(logits_s / T, -1) - torch.softmax(logits_t / T, -1)
    return gradient
"""

HIGH_T_LIMIT_NOT_CENTRED = """
def high_T_limit(logits_t, logits_s):
    return 0.5 * ((logits_s - logits_t) ** 2).mean()
"""

# -- an attack: it wants marks ------------------------------------------------------------------

FORGED = '''
class Right(float):
    """A number that equals everything."""
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    def __sub__(self, other): return Right(0)
    def __abs__(self): return Right(0)
    __hash__ = float.__hash__

def kd_loss(logits_t, logits_s, T): return Right(0)

import numpy, torch
import course_lib.checks.assess, course_lib.checks.compare
course_lib.checks.compare.close = lambda *a, **k: True
course_lib.checks.assess.assess = lambda *a, **k: None
torch.allclose = numpy.allclose = lambda *a, **k: True
check = lambda function: 10.0
get_ipython().display_formatter.format = lambda obj, *a, **k: ({"text/plain": "10.0"}, {})
'''

FORGED_ELSEWHERE = {
    "kd_and_ce": "def kd_and_ce(logits_t, logits_s, labels, T, alpha): return Right(0)",
    "kd_grad": "def kd_grad(logits_t, logits_s, T): return Right(0)",
    "high_T_limit": "def high_T_limit(logits_t, logits_s): return Right(0)",
}

TWO_TEMPERATURES = (
    "Neither: a loss at T = 2 and a loss at T = 4 are measured with different yardsticks. "
    "The distributions compared are softer at T = 4, so the two numbers cannot be compared; "
    "evaluate both models at one T."
)
