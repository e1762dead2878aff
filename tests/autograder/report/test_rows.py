from autograder.report.rows import mistakes, rows


def cell(id, points, most, **more):
    kind = more.pop("kind", "exercise")
    made = {"grade_id": id, "kind": kind, "points": points, "max_points": most, "reason": ""}
    return (
        made
        | (
            {"state": "wrong", "mistakes": [], "failed": [], "fault": ""}
            if kind == "exercise"
            else {}
        )
        | more
    )


def entry(*cells, graded=True, problems=(), error=""):
    notebook = {
        "name": "n", "digest": "", "isolation": "namespaces", "cells": list(cells),
        "problems": [{"kind": "k", "says": p} for p in problems],
    }  # fmt: skip
    points = sum(c["points"] or 0 for c in cells)
    return {
        "student": "ada", "graded": graded, "error": error, "points": points, "max_points": 10,
        "seconds": 1.0, "notebooks": [notebook],
    }  # fmt: skip


def test_a_row_names_mistakes_and_what_waits():
    row = rows([
        entry(
            cell("check_kd_loss", 3, 5, mistakes=["no-t-squared", "direction"]),
            cell("check_kd_grad", 0, 5, state="untouched"),
            cell("check_limit", 1, 4, failed=["dtype"]),
            cell("check_other", 0, 4, failed=["value", "dtype"], fault="the numbers differ"),
            cell("essay", None, 3, kind="manual"),
        )
    ])[0]  # fmt: skip
    assert row.waiting == ("essay",)
    assert row.why == (
        "kd_loss: no-t-squared and direction",
        "kd_grad: not begun",
        "limit: fails dtype",
        "other: the numbers differ",
    )


def test_full_marks_need_no_reason():
    assert rows([entry(cell("check_kd_loss", 5, 5))])[0].why == ()


def test_what_could_not_be_read_says_only_that():
    unread = entry(cell("check_kd_loss", 0, 5), graded=False, problems=["The file is empty."])
    row = rows([unread])[0]
    assert row.why == ("The file is empty.",)
    assert not row.graded


def test_mistakes_are_counted_over_the_class():
    made = entry(cell("check_kd_loss", 3, 5, mistakes=["no-t-squared"]))
    assert mistakes([made, made]) == {("kd_loss", "no-t-squared"): 2}


def test_points_of_classic_cells_are_shown_as_unprotected():
    mixed = entry(
        cell("check_kd_loss", 3, 5),
        cell("test_mean", 2, 2, kind="classic"),
        cell("test_norm", 1, 3, kind="classic"),
        cell("essay", None, 3, kind="manual"),
    )
    assert rows([mixed])[0].unprotected == (3, 5)


def test_where_all_is_protected_nothing_is_unprotected():
    assert rows([entry(cell("check_kd_loss", 3, 5))])[0].unprotected is None


def test_a_notebook_that_is_missing_beside_another_one_is_no_error_of_the_report():
    missing = cell("check_kd_loss", 0, 5) | {"reason": "nothing could be read"}
    del missing["state"]
    assert rows([entry(missing)])[0].why == ("kd_loss: nothing could be read",)
