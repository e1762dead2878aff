"""The figures and the page docs/attacks.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from harness.corpus import Attack
from harness.findings import HIDDEN_TEST, Finding, Findings

CLASSES = {
    1: "objects equal to everything",
    2: "subclasses of arrays and tensors",
    3: "subclasses of numbers and texts",
    4: "NaN, infinity, None, negative scores",
    5: "shapes and dtypes that broadcast",
    6: "changed or returned inputs",
    7: "values that compute when read",
    8: "answers learnt by heart",
    9: "telling a check from a grading",
    10: "right values, wrong gradients",
    11: "patched comparisons",
    12: "patched IPython",
    13: "forged outputs and messages",
    14: "tracing, hooks, poisoned modules",
    15: "exit hooks, threads, forks",
    16: "sudden ends",
    17: "pickles",
    18: "patched randomness and clocks",
    19: "global state",
    20: "reading tests from memory",
    21: "files, processes, descriptors",
    22: "kernels' connection files, servers on this machine",
    23: "secrets in arguments and environment",
    24: "leaks through feedback",
    25: "the grader as an oracle",
    26: "sending out",
    27: "channels between students",
    28: "writing records",
    29: "edited metadata",
    30: "deleted tests",
    31: "saved outputs",
    32: "back-dating",
    33: "another's identity",
    34: "persisting code",
    35: "killing parents and siblings",
    36: "exhausting processes, memory, disk",
    37: "ignoring interrupts",
    38: "floods of output",
    39: "notebook bombs",
    40: "archive bombs",
    41: "traversal in archives",
    42: "links, pipes, devices",
    43: "names of files",
    44: "scripts in pages",
    45: "terminal and bidirectional controls",
    46: "formulas in tables",
    47: "instructions to language models",
    48: "remote loads",
    49: "obscured code",
}


_SAID = 4  # of one attack's damage and of its leaks; there may be hundreds


def broken(found: Findings) -> bool:
    """Whether anybody got what nobody may get; marks on classic cells are not among it."""
    return bool(
        found.reached("protected")
        or found.reached("damage")
        or [each for each in found.reached("leak") if _of_protected(each)]
        or found.unfair
        or found.traces
        or found.damage
    )


def _of_protected(finding: Finding) -> bool:
    """A hidden test of a classic cell runs beside the student's code: it can be read."""
    return any(not leak.startswith(HIDDEN_TEST) for leak in finding.leaks)


def lines(found: Findings) -> list[str]:
    """Who reached what on one rung, for a terminal."""
    said = [f"{found.isolation}: {len(found.each)} attacks"]
    for each in found.each:
        what = [f"{each.protected:g} points on protected cells"] if each.protected > 0 else []
        what += [f"{each.classic:g} points on classic cells"] if each.classic > 0 else []
        what += [*each.damage[:_SAID], *each.leaks[:_SAID]]
        what += [f"no verdict: {each.error}"] if each.error else []
        if what:
            said.append(f"  {each.attack.name}: {'; '.join(what)}")
    return [*said, *(f"  ! {line}" for line in (*found.unfair, *found.traces, *found.damage))]


def figures(found: Sequence[Findings], *peers: Findings) -> str:
    """One line, for all rungs; `peers` are courses of classic tests alone."""
    count = len(found[0].each) if found else 0
    return f"{count} attacks; " + "; ".join([*map(_figures, found), *map(_of_peer, peers)])


def _figures(found: Findings) -> str:
    leaks = [each for each in found.reached("leak") if _of_protected(each)]
    tests = [each for each in found.reached("leak") if not _of_protected(each)]
    damage = len(found.reached("damage")) + len(found.damage) + len(found.traces)
    return (
        f"{found.isolation}: protected cells {len(found.reached('protected'))} marks, "
        f"{damage} damage, {len(leaks)} leaks, {len(found.unfair)} other grades changed "
        f"(classic cells {len(found.reached('classic'))} marks, {len(tests)} hidden tests read)"
    )


def _of_peer(found: Findings) -> str:
    count = _count(found.each)
    rest = len(found.damage) + len(found.traces) + len(found.unfair)
    count["damage"] += rest
    return f"{found.isolation}: {len(found.each)} attacks, {_words(count, zeros=True)}"


def _count(each: Iterable[Finding]) -> dict[str, int]:
    """How many attacks got what; one may get several things."""
    got = [*each]
    return {
        "marks": sum(f.protected > 0 or f.classic > 0 for f in got),
        "damage": sum(bool(f.damage) for f in got),
        "leaks": sum(bool(f.leaks) for f in got),
        "without a verdict": sum(bool(f.error) for f in got),
    }


def _words(count: Mapping[str, int], *, zeros: bool = False) -> str:
    said = (
        f"{many} {what.removesuffix('s') if many == 1 else what}"
        for what, many in count.items()
        if many or zeros
    )
    return ", ".join(said) or "0"


# -- docs/attacks.md -------------------------------------------------------------------------

_TOP = """\
# Attacks

<!-- written by `make attacks ARGS="--stock --table docs/attacks.md"`;
change tests/attacks/, not this -->

{count} submissions attack the grader in the 49 ways that are known to defeat graders of notebooks.
Each says what it wants: marks, damage or a leak. Each is told more than an attacker could know:
where the course lies, on which port somebody listens, which process to hit. They are handed in as
a class, an honest student after every four, and graded by `autograder grade`. What is looked for:

- **marks**: points on a *protected* cell (an exercise or a question of the registry), or on a
  *classic* one (any other nbgrader test), that the submission did not earn;
- **damage**: a changed or new file outside the notebook's own folder, a process that outlives it, a
  signal to a process of the machine, shared memory, a trace that an honest student's notebook
  finds, a gradebook with other cells or students;
- **leaks**: the oracle, the secret, hidden inputs, the grader's environment, another submission, a
  line to a server on this machine, a script or a remote load in a page of feedback;
- **other grades**: an honest student whose grades are not what they are without attackers.

{figures}

What a rung needs [is said elsewhere](architecture.md#contracts). `other-user` was attacked as root
with a Python environment that all users can read: with one in a folder that is closed to others,
as `/root` is, the rung is refused when it is tried.

Protected cells hold by their build: expected values are never in a student's process, and what
comes out of it is plain data that another process compares. **Classic cells do not hold**, and
cannot: their tests run beside the student's code, which can change what a test sees, says or is.
The sandbox keeps the machine and the class safe from such a submission, not its own marks. The
last two columns say which attacks still reach marks or read hidden tests there.

"""


_HEAD = (
    *("class", "way", "attacks", "want", "marks, protected", "damage", "leaks"),
    *("marks, classic", "hidden tests read"),
)


def page(found: Sequence[Findings], *peers: Findings) -> str:
    """docs/attacks.md. The table counts an attack that got what it wants on any rung."""
    said = "\n".join(f"- {_figures(each)}" for each in found)
    count = len(found[0].each) if found else 0
    rows = "".join(_row(number, title, found) for number, title in CLASSES.items())
    own = _TOP.format(count=count, figures=said) + _head(_HEAD) + rows
    return own + (_compared(found, peers) if peers else "")


def _head(names: Sequence[str]) -> str:
    return f"| {' | '.join(names)} |\n{'|---' * len(names)}|\n"


_BESIDE = """
## Beside stock nbgrader

The same corpus against the same questions with tests as an instructor writes them who has nbgrader
alone, hidden ones among them: graded by `nbgrader autograde` without `configure(c)`, and by ours.
nbgrader runs a notebook as the instructor, so each attack was alone with it in a sandbox that holds
a machine to be harmed: a course with an honest student before and one after the attacker, a home,
a Python environment, a process, a server. What is looked for is the same; to read a hidden test
counts as a leak here, with both. *Without a verdict* is a submission that the grader gave up, so
that somebody has to look into it.

{figures}

Stock nbgrader was spared {spared} attacks that make sense against this grader only:

{reasons}

The others were written against this grader as well, so what stock nbgrader lets through is the
least that it does. Marks on classic tests are what remains with both, as a test runs beside the
code that it tests there. `make attacks ARGS="--stock"` makes this table.

"""


def _compared(found: Sequence[Findings], peers: Sequence[Findings]) -> str:
    """The table of graders, by class; of ours with protected cells what got through on any rung."""
    names = [
        "class",
        "way",
        "attacks",
        *(each.isolation for each in peers),
        "ours, protected cells",
    ]
    spared = [each.attack for each in found[0].each if each.attack.ours]
    reasons = sorted({each.ours for each in spared})
    said = [_of_peer(each) for each in peers]
    top = _BESIDE.format(
        figures="\n".join(f"- {each}" for each in said),
        spared=len(spared),
        reasons="\n".join(f"- {each}" for each in reasons),
    )
    rows = "".join(_beside(number, title, found, peers) for number, title in CLASSES.items())
    return top + _head(names) + rows


def _beside(number: int, title: str, found: Sequence[Findings], peers: Sequence[Findings]) -> str:
    of = [[each for each in peer.each if each.attack.number == number] for peer in peers]
    shown = {each.attack.name for each in of[0]}
    ours = {}
    for each in (each for rung in found for each in rung.each if each.attack.name in shown):
        won = each.protected > 0 or each.damage or each.error or _of_protected(each)
        if each.attack.name not in ours or won:
            ours[each.attack.name] = _on_protected(each)
    cells = [str(number), title, str(len(shown)), *(_words(_count(each)) for each in of)]
    cells.append(_words(_count(ours.values())))
    if not shown:
        cells[3:] = ["–"] * (len(cells) - 3)
    return f"| {' | '.join(cells)} |\n"


def _on_protected(finding: Finding) -> Finding:
    """Without what it got of classic cells."""
    leaks = tuple(each for each in finding.leaks if not each.startswith(HIDDEN_TEST))
    return replace(finding, classic=0, leaks=leaks)


def _row(number: int, title: str, found: Sequence[Findings]) -> str:
    got = [each for rung in found for each in rung.each if each.attack.number == number]
    attacks: Mapping[str, Attack] = {each.attack.name: each.attack for each in got}
    wants = sorted({wish for each in attacks.values() for wish in each.wants})
    counts = (
        [each for each in got if each.protected > 0],
        [each for each in got if each.damage or each.error],
        [each for each in got if each.leaks and _of_protected(each)],
        [each for each in got if each.classic > 0],
        [each for each in got if each.leaks and not _of_protected(each)],
    )
    cells = [str(number), title, str(len(attacks)), ", ".join(wants), *map(_names, counts)]
    return f"| {' | '.join(cells)} |\n"


def _names(got: Sequence[Finding]) -> str:
    names = sorted({each.attack.name.split("_", 1)[1].replace("_", " ") for each in got})
    return ", ".join(names) or "0"
