"""What students install: notation, losses, figures, questions and self-checks of the course."""

__version__ = "0.1.0"
