"""Kernels for a GPU, in Triton. Imported only where they are used: the course does without them."""
