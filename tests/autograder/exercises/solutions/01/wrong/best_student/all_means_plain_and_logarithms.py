# named: weights-ignored, zero-times-log-of-zero
# loses: mixture, floor, zeros
def best_student(P, w):
    m = P.mean(0)
    return m, (P * (P / m).log()).sum(-1).mean()
