"""Errors that the user can mend: shown as one line, without a traceback."""


class UsageError(Exception):
    """What was given, what was expected, what to do."""
