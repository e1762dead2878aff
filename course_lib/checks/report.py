"""Say an assessment in words: plain text, and HTML for the notebook and for feedback.

Only authored sentences, names of properties and, where `detail` is wanted, the student's own error
message are shown. No number of a case is, so the same words serve for hidden cases.
"""

from __future__ import annotations

from html import escape

from course_lib.badge import GREEN, GREY, RED, badge
from course_lib.checks.assess import Assessment, PropertyVerdict
from course_lib.checks.table import Table


def headline(assessment: Assessment) -> str:
    """The assessment in one line."""
    score = f"{assessment.points:g} of {assessment.max_points:g} points"
    if assessment.state == "missing":
        return f"{assessment.exercise} is not defined yet: run its cell first ({score})"
    if assessment.state == "untouched":
        return f"{assessment.exercise} returns nothing yet: it waits for your code ({score})"
    if assessment.state == "right":
        return f"{assessment.exercise} is right ({score})"
    return f"{assessment.exercise} is not right yet ({score})"


def diagnosis_lines(table: Table, assessment: Assessment) -> list[str]:
    """What the numbers betray, a sentence or two each."""
    if assessment.state in ("missing", "untouched", "right"):
        return []
    names = assessment.diagnosis.mistakes
    said = [table.mistake(name).says for name in names]
    if len(said) == 2:
        return ["Two things at once explain your numbers.", *said]
    if said and assessment.diagnosis.partly:
        return [
            "On ordinary inputs this explains your numbers; at the edges they differ from it.",
            *said,
        ]
    if said or assessment.diagnosis.right:
        return said
    if assessment.diagnosis.relation:
        return [assessment.diagnosis.relation]
    if any(v.property.core and v.reason == "the numbers differ" for v in assessment.properties):
        return ["The numbers are wrong, and not in a way that this check knows."]
    return []


def text(table: Table, assessment: Assessment, *, detail: bool = True) -> str:
    """The whole assessment as plain text."""
    lines = [headline(assessment), *diagnosis_lines(table, assessment)]
    if detail and assessment.detail:
        lines.append(f"Your code said: {assessment.detail}")
    if assessment.state not in ("missing", "untouched"):
        lines += [_property_line(verdict) for verdict in assessment.properties]
    return "\n".join(lines)


def _property_line(verdict: PropertyVerdict) -> str:
    mark = "✓" if verdict.holds else "✗"
    reason = f": {verdict.reason}" if verdict.reason else ""
    return f"  {mark} {verdict.property.says}{reason} [{_score(verdict)}]"


def _score(verdict: PropertyVerdict) -> str:
    if not verdict.property.points:
        return "no points"
    return f"{verdict.points:g}/{verdict.property.points:g}"


def html(
    table: Table,
    assessment: Assessment,
    *,
    detail: bool = True,
    hints: bool = True,
    picture: str = "",
) -> str:
    """The whole assessment as HTML that needs no script and no style sheet of its own.

    `picture` is HTML to be shown under the diagnosis. With `hints`, a ladder of three hints can be
    opened one after the other.
    """
    colour = GREEN if assessment.state == "right" else RED
    if assessment.state in ("missing", "untouched"):
        colour = GREY
    parts = [f'<p style="margin:0"><strong>{escape(headline(assessment))}</strong></p>']
    parts += [f"<p>{escape(line)}</p>" for line in diagnosis_lines(table, assessment)]
    if detail and assessment.detail:
        parts.append(f"<p>Your code said: <code>{escape(assessment.detail)}</code></p>")
    parts.append(picture)
    if assessment.state not in ("missing", "untouched"):
        parts.append(_properties_html(assessment))
    if hints and assessment.state in ("wrong", "untouched"):
        parts.append(_ladder(ladder(table, assessment)))
    body = "\n".join(part for part in parts if part)
    return (
        f'<div style="border-left:4px solid {colour};padding:4px 12px;max-width:52em">{body}</div>'
    )


def ladder(table: Table, assessment: Assessment | None) -> tuple[str, ...]:
    """The hints in order: those of the named mistakes if there are any, else the exercise's."""
    names = assessment.diagnosis.mistakes if assessment else ()
    if not names:
        return table.hints
    ladders = [table.mistake(name).hints for name in names]
    return tuple(" ".join(step) for step in zip(*ladders, strict=True))


def _properties_html(assessment: Assessment) -> str:
    left = 'style="text-align:left;padding:2px 12px 2px 0"'
    tight = 'style="text-align:left;padding:2px 12px 2px 0;white-space:nowrap"'
    right = 'style="text-align:right;white-space:nowrap"'
    holds, fails = f"{badge('✓', GREEN)} holds", f"{badge('✗', RED)} fails"
    rows = "".join(
        f"<tr><td {tight}>{holds if v.holds else fails}</td>"
        f"<td {left}>{escape(v.property.says)}{escape(f': {v.reason}') if v.reason else ''}</td>"
        f"<td {right}>{escape(_score(v))}</td></tr>"
        for v in assessment.properties
    )
    head = "".join(
        f'<th scope="col" {style}>{title}</th>'
        for title, style in (("check", left), ("property", left), ("points", right))
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _ladder(hints: tuple[str, ...]) -> str:
    inside = ""
    for number, hint in reversed(list(enumerate(hints, start=1))):
        inside = (
            f"<details><summary>Hint {number} of {len(hints)}</summary>"
            f'<div style="margin-left:1em"><p>{escape(hint)}</p>{inside}</div></details>'
        )
    return inside
