"""Where our settings lie in nbgrader's configuration."""

SECTION = "CourseAutograder"
"""The section of nbgrader's configuration that holds them; its presence marks a course of ours."""
