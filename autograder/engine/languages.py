"""Notebooks in other languages than Python: which kernel runs them, and what cannot be asked there.

The release decides. A notebook whose language is Python runs in our own guest, whatever the name of
its kernel: students' names for their environments vary. Any other runs in the kernel that it names,
in the same sandbox.
"""

from __future__ import annotations

from dataclasses import replace

from nbformat import NotebookNode

from autograder.records import CellRun, Job, Problem
from autograder.sandbox.kernels import KernelUnavailable, installed_language
from autograder.submission.language import is_python, kernel_name, language

UNPROBED = CellRun("skipped", detail="functions can only be probed in Python")


def kernel_of(notebook: NotebookNode) -> str | None:
    """The Jupyter kernel that runs a rebuilt notebook, None if that is our own guest.

    A notebook that does not say its language has that of its kernel, if there is one here.
    """
    name = kernel_name(notebook.metadata)
    spoken = language(notebook.metadata) or (installed_language(name).lower() if name else "")
    return None if is_python(spoken) else name


def unprobed(job: Job) -> tuple[Job, dict[int, CellRun], tuple[Problem, ...]]:
    """A job without its probes, what became of their cells, and what to say about it."""
    if not job.probes:
        return job, {}, ()
    problem = Problem(
        "unprobed",
        "Protected cells could not be asked: the notebook is not written in Python.",
        "This is the course's to mend: such cells score 0 here, make them classic tests.",
    )
    return replace(job, probes={}), dict.fromkeys(job.probes, UNPROBED), (problem,)


def no_kernel(unavailable: KernelUnavailable) -> Problem:
    """What to say of a notebook that was not run, for want of its kernel."""
    return Problem(
        "no kernel",
        f"The notebook was not run: {unavailable}.",
        "This is the grader's to mend: install the kernel where notebooks are graded, and grade "
        "again with --force.",
    )
