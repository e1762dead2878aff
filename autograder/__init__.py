"""What instructors install: exercises, sandbox, engine, nbgrader plugin, feedback and reports."""

__version__ = "0.1.0"
