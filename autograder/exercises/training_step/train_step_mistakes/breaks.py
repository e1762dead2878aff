"""Which properties go together when a step goes wrong."""

MOVES = frozenset({"step", "left over", "three steps", "dropout", "default"})
"""Those about where the weights end."""

ALL = MOVES | {"loss"}

EVERY = ALL | {"number", "teacher", "student's mode", "teacher's mode", "batch"}
"""What is lost by a function that raises."""
