"""What instructors see of a class: as a page, and in the terminal."""

import pytest
from rich.console import Console

from autograder.report import page, terminal
from autograder.report.rows import UNPROTECTED, rows


def entry(kind):
    cell = {"grade_id": "t", "kind": kind, "points": 1.5, "max_points": 2.0, "reason": "failed"}
    notebook = {"name": "n", "isolation": "namespaces", "cells": [cell], "problems": []}
    return {
        "student": "ada", "graded": True, "error": "", "points": 1.5, "max_points": 2.0,
        "seconds": 1.0, "notebooks": [notebook],
    }  # fmt: skip


def on_page(kind):
    return page.page("ps1", None, [entry(kind)])


def in_terminal(kind):
    console = Console(width=200, record=True)
    console.print(terminal.table(rows([entry(kind)]), "ps1"))
    return console.export_text()


@pytest.mark.parametrize("shown", [on_page, in_terminal])
def test_marks_that_can_be_forged_are_told_apart(shown):
    classic = " ".join(shown("classic").replace("&#x27;", "'").split())
    assert "of these unprotected" in classic
    assert classic.count("1.5/2") == 2
    assert UNPROTECTED in classic


@pytest.mark.parametrize("shown", [on_page, in_terminal])
def test_a_class_without_classic_cells_hears_nothing_of_them(shown):
    manual = shown("manual")
    assert "1.5/2" in manual
    assert "unprotected" not in manual.lower()
