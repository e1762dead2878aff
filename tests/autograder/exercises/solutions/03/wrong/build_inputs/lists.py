# named:
# loses: dtype
def build_inputs(c, z, y, bos=0):
    return [bos] + c + z + y, [False] * (1 + len(c) + len(z)) + [True] * len(y)
