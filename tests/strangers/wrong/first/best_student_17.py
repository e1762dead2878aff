# mistake: returns m alone, the second result is forgotten
def best_student(P, w):
    return (w[:, None] * P).sum(dim=0)
