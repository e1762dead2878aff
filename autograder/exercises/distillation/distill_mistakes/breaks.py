"""Which properties go together when a distillation goes wrong."""

GROUPS = frozenset({"accumulation", "last group"})
"""Those that only groups of several batches show."""

MOVES = GROUPS | {"steps", "left over", "defaults"}
"""Those about where the weights end."""

ALL = MOVES | {"curve"}

EVERY = ALL | {"learns", "numbers", "teacher", "teacher's weights", "teacher's mode", "batches"}
"""What is lost by a function that raises."""
