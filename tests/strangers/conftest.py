"""Solutions are data: they are executed as text, never collected."""

collect_ignore = ["right", "wrong"]
