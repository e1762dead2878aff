"""The document: a table, a figure, the bars, and what missed them."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from benchmarks.grading import machine
from benchmarks.grading.race import (
    CLASSIC,
    OTTER,
    PROCESSORS,
    PROTECTED,
    STOCK,
    Turn,
    spread,
    turns_of,
)

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE, PICTURE = DOCS / "grading_speed.md", DOCS / "images" / "grading_speed.svg"
BEGIN, END = "<!-- figures: make bench-grading -->", "<!-- end of figures -->"
FEW, MANY = 44, 2000  # classes that are told of besides the one that was graded
ASKED = 10_000

FASTER = 100.0  # times stock nbgrader's throughput
OVERHEAD = 0.06  # s of processor time beyond the student's own code
GROWTH = 0.10  # of the coordinator's memory, from a tenth of the submissions to all
BENT = 0.10  # by which a submission of the last half may cost more than one of the first

# Okabe and Ito's colours, with a hatch for every second one: they can be told apart without colour.
_COLOURS = ("#56b4e9", "#d55e00", "#009e73", "#f0e442", "#0072b2", "#cc79a7", "#e69f00", "#bbbbbb")
_GROUPS = {
    "students' own code": (),
    "guest: fork, room, end": ("guest: fork and room", "guest: end"),
    "guest: cells, beyond own code": ("guest: cells",),
    "guest: probes": ("guest: probes",),
    "intake, rebuild, plan": ("intake", "rebuild", "plan"),
    "judge, annotate": ("judge", "annotate", "the rest"),
    "gradebook, journal": ("record: gradebook, journal",),
    "notebook written": ("notebook written",),
}


def write(parts: Mapping[str, Any]) -> int:
    """Write document and figure, print the line of figures. Returns the exit status."""
    stages = {name: _grouped(parts, name) for name in (CLASSIC, PROTECTED)}
    _draw(stages)
    bars = list(_bars(parts))
    lines = [
        machine.words(),
        "",
        *_table("The exercises of assignment 02", parts["race"]),
        "",
        *_own(parts["race"]),
        "",
        *_table("Assignment 02 as it is, with its figures", parts["whole"]),
        "",
        *_scale(parts["scale"]),
        "",
        *_stages(stages),
        "",
        "| bar | measured | |",
        "|---|--:|---|",
        *(f"| {says} | {value} | {'met' if met else '**missed**'} |" for says, value, met in bars),
    ]
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text("\n".join([before + BEGIN, *lines, END]) + after, encoding="utf-8")
    missed = [says for says, _, met in bars if not met]
    print("grading: " + "; ".join(f"{says}: {value}" for says, value, _ in bars), end=". ")
    print(f"Missed: {len(missed)} of {len(bars)}." if missed else "All bars met.")
    return 1 if missed else 0


# -- the race --------------------------------------------------------------------------------


def _table(title: str, data: Mapping[str, Any]) -> list[str]:
    sizes = data["sizes"]
    count = sizes["ours"]
    classes = sorted({FEW, count, MANY})
    lines = [
        f"**{title}**: {count} students for ours, {sizes['peers']} for stock nbgrader, "
        f"one a round for otter; {sizes['rounds']} round(s), medians, least to greatest "
        "in brackets. Seconds a student; start-up is once a run.",
        "",
        "| | start-up | one student more, wall | one student more, processor "
        f"| of a class of {count} | {' | '.join(f'times stock, {each:,}' for each in classes)} |",
        f"|---|{'--:|' * (4 + len(classes))}",
    ]
    for name in data["turns"]:
        turns = turns_of(data, name)
        cells = [
            _start_up(turns),
            _spread([x.each("wall") for x in turns]),
            _spread([x.each("cpu") for x in turns]),
            _spread([x.whole_class("wall", count) / count for x in turns]),
            *(_spread(ratios(data, name, size), 1) for size in classes),
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    if OTTER not in data["turns"]:
        lines.append(f"| otter | could not be installed here |{' |' * (3 + len(classes))}")
    agree = "give the same marks" if not data["disagreements"] else "**disagree**"
    lines += ["", f"On {data['compared']} students all of the same tests {agree}."]
    lines += [f"- {each}" for each in data["disagreements"]]
    return lines


def _own(data: Mapping[str, Any]) -> list[str]:
    """Students' own code, and what the grader adds to it."""
    lines = [
        f"- {name}: students' own code {_spread(own)} s of processor time a student, beyond it "
        f"{_spread(overheads(data, name))} s."
        for name, own in data["own"].items()
    ]
    return [*lines, f"- {_by_processor_time(data)}"]


def _by_processor_time(data: Mapping[str, Any]) -> str:
    """What an idle machine would show, as far as processor time tells."""
    cost = {
        name: statistics.median(each.each("cpu") for each in turns_of(data, name))
        for name in (STOCK, CLASSIC, PROTECTED)
    }
    own = statistics.median(data["own"][CLASSIC])
    busy = PROCESSORS * cost[STOCK]
    times = ", ".join(f"{name} {busy / cost[name]:.0f}" for name in (CLASSIC, PROTECTED))
    return (
        f"By processor time alone, which neighbours lengthen less, {PROCESSORS} busy processors "
        f"make this many times stock's throughput, once all runs: {times}; students' own code with "
        f"{OVERHEAD} s beside it would make {busy / (own + OVERHEAD):.0f}, and own code alone "
        f"{busy / own:.0f}."
    )


def _start_up(turns: list[Turn]) -> str:
    if turns[0].count == 1:
        return "in each"
    return _spread([x.first.wall - x.each("wall") for x in turns], 1)


def ratios(data: Mapping[str, Any], name: str, count: int) -> list[float]:
    """Stock's wall time for a class of `count` by this contestant's, round by round."""
    pairs = zip(turns_of(data, STOCK), turns_of(data, name), strict=True)
    return [x.whole_class("wall", count) / y.whole_class("wall", count) for x, y in pairs]


def overheads(data: Mapping[str, Any], name: str) -> list[float]:
    """Processor time of one student more beyond the students' own code, round by round."""
    pairs: Iterator[tuple[Turn, float]] = zip(turns_of(data, name), data["own"][name], strict=True)
    return [turn.each("cpu") - own for turn, own in pairs]


def _spread(values: list[float], digits: int = 3) -> str:
    if min(values) <= 0:  # the difference of two runs, when neighbours are loud
        return "lost in the noise"
    median, least, greatest = spread(values)
    if len(values) == 1:
        return f"{median:.{digits}f}"
    return f"{median:.{digits}f} ({least:.{digits}f}–{greatest:.{digits}f})"


# -- many ------------------------------------------------------------------------------------


def _scale(data: Mapping[str, Any]) -> list[str]:
    count = data["count"]
    lines = [
        f"**{count:,} tiny submissions** in one run: {data['wall']:.0f} s of wall time, "
        f"{data['cpu'] / count:.3f} s of processor time each; {data['graded']:,} graded. "
        f"The coordinator's memory: {_memory(data, 0.1) / 1e6:.0f} MB when a tenth was done, "
        f"{_memory(data, 1.0) / 1e6:.0f} MB at the end. A submission of the last half cost "
        f"{1 + _bend(data):.2f} times one of the first.",
    ]
    if count < ASKED:
        minutes = data["wall"] / count * ASKED / 60
        lines[0] += (
            f" At this rate {ASKED:,} take {minutes:.0f} minutes; they were not graded here."
        )
    return lines


def _at(data: Mapping[str, Any], share: float) -> tuple[int, int, float]:
    """The sample nearest to this share of the submissions, while the coordinator lived."""
    alive = [each for each in data["samples"] if each[1]]
    done, memory, cpu = min(alive, key=lambda each: abs(each[0] - share * data["count"]))
    return done, memory, cpu


def _memory(data: Mapping[str, Any], share: float) -> int:
    return _at(data, share)[1]


def _bend(data: Mapping[str, Any]) -> float:
    """By how much a submission of the second half costs more processor time than one before."""
    start, middle, end = (_at(data, share) for share in (0.05, 0.5, 0.95))
    first = (middle[2] - start[2]) / (middle[0] - start[0])
    return (end[2] - middle[2]) / (end[0] - middle[0]) / first - 1


# -- what the time is made of ------------------------------------------------------------------


def _grouped(parts: Mapping[str, Any], name: str) -> dict[str, float]:
    """Milliseconds of processor time, by group of steps."""
    cpu, own = parts["stages"][name]["cpu"], statistics.median(parts["race"]["own"][name])
    found = {group: sum(cpu.get(x, 0.0) for x in steps) for group, steps in _GROUPS.items()}
    found["students' own code"] = own
    found["guest: cells, beyond own code"] -= own
    return {group: 1000 * seconds for group, seconds in found.items()}


def _stages(stages: Mapping[str, Mapping[str, float]]) -> list[str]:
    return [
        "What a submission's processor time is made of, in milliseconds, one after another:",
        "",
        f"| | {' | '.join(stages)} |",
        f"|---|{'--:|' * len(stages)}",
        *(
            f"| {group} | {' | '.join(f'{each[group]:.1f}' for each in stages.values())} |"
            for group in _GROUPS
        ),
        "",
        f"![{_alt(stages)}](images/{PICTURE.name})",
    ]


def _alt(stages: Mapping[str, Mapping[str, float]]) -> str:
    largest = {name: max(each, key=lambda group: each[group]) for name, each in stages.items()}
    return "Processor time by step; the largest part is " + ", ".join(
        f"{group} ({name})" for name, group in largest.items()
    )


def _draw(stages: Mapping[str, Mapping[str, float]]) -> None:
    figure = Figure(figsize=(9, 3.1), layout="constrained")
    axes = figure.subplots()
    left = dict.fromkeys(stages, 0.0)
    for number, (group, colour) in enumerate(zip(_GROUPS, _COLOURS, strict=True)):
        widths = [max(0.0, stages[name][group]) for name in stages]
        axes.barh(
            list(stages),
            widths,
            left=list(left.values()),
            color=colour,
            edgecolor="black",
            linewidth=0.6,
            hatch="////" if number % 2 else None,
            label=group,
        )
        left = {name: left[name] + width for name, width in zip(stages, widths, strict=True)}
    for row, each in enumerate(stages.values()):
        bar = each["students' own code"] + 1000 * OVERHEAD
        label = f"the bar: {OVERHEAD} s beyond own code" if row == 0 else "_none"
        axes.vlines(bar, row - 0.48, row + 0.48, color="black", linewidth=2.5, label=label)
    axes.invert_yaxis()
    axes.set_xlabel("milliseconds of processor time a submission")
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=3, fontsize=8, frameon=False)
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, metadata={"Date": None})


# -- the bars ----------------------------------------------------------------------------------


def _bars(parts: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """What is asked, what was measured, and whether it is met."""
    data = parts["race"]
    count = data["sizes"]["ours"]
    for name in (CLASSIC, PROTECTED):
        faster = statistics.median(ratios(data, name, count))
        says = f"{name}: {FASTER:.0f} times stock, start-up included"
        yield says, f"{faster:.1f} times", faster >= FASTER
    for name in (CLASSIC, PROTECTED):
        beyond = statistics.median(overheads(data, name))
        says = f"{name}: at most {OVERHEAD} s of processor time beyond own code"
        yield says, f"{beyond:.3f} s", beyond <= OVERHEAD
    many = parts["scale"]
    growth = _memory(many, 1.0) / _memory(many, 0.1) - 1
    whole = f"{many['count']:,} of {ASKED:,}"
    yield f"memory grows by at most {GROWTH:.0%} ({whole})", f"{growth:.1%}", growth <= GROWTH
    bend = _bend(many)
    yield f"time is linear within {BENT:.0%} ({whole})", f"{bend:+.1%}", bend <= BENT
    graded = many["graded"]
    yield f"{ASKED:,} tiny submissions are graded", f"{graded:,} were", graded >= ASKED
    wrong = len(data["disagreements"]) + len(parts["whole"]["disagreements"])
    yield "equal marks on equal tests", f"{wrong} differ", wrong == 0
