def kl(p, q):
    terms = p * (p.log() - q.log())
    terms[p == 0] = 0.0
    return terms.sum(dim=-1)
