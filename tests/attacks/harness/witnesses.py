"""Honest students in the class of attackers: their marks, and what they find lying about."""

from __future__ import annotations

import textwrap
from pathlib import Path

import nbformat
from harness.corpus import cell_of

RIGHT = {
    "weighed": "def weighed(x, w):\n    return (w * x**2).sum(-1)",
    "why": 'answer_why = "D"',
    "pairs": 'answer_pairs = ["B", "D"]',
    "triple": "def triple(x):\n    return 3 * x",
    "part": "def part(x):\n    return x + 1",
}
CUBED = RIGHT | {
    "weighed": "def weighed(x, w):\n    return (w * x**3).sum(-1)",
    "triple": "def triple(x):\n    return 4 * x",
    "part": "def part(x):\n    return x + 1 if x > 0 else x",
}
KINDS = {"right": RIGHT, "cubed": CUBED, "untouched": {}}
OTHER_CANARY = "what-only-another-student-wrote"
TRACES = "TRACES OF OTHERS:"

# What an attacker may have left for the next guest: names of files, of variables, of shared memory.
LOOK_ABOUT = textwrap.dedent(f"""\
    import builtins, glob, os, sys, threading
    places = ["/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~"), ".", ".."]
    traces = [path for place in places for path in glob.glob(place + "/*canary-*")]
    traces += [path for path in glob.glob(os.path.expanduser("~/.*/**/*canary-*"), recursive=True)]
    for module in list(sys.modules.values()):
        traces += [name for name in list(getattr(module, "__dict__", ())) if "canary" in name]
    traces += [name for name in os.environ if "canary" in name.lower()]
    traces += [thread.name for thread in threading.enumerate() if "canary" in thread.name]
    traces += [name for name in vars(get_ipython()) if "canary" in name]
    print("{TRACES}", sorted(set(traces)))""")


def hand_in(kind: str, release: Path, folder: Path) -> None:
    """Hand in as an honest student of this kind."""
    notebook = nbformat.read(release, as_version=4)
    for id, source in KINDS[kind].items():
        cell_of(notebook, id).source = f"# @answer {id}\n{source}"
    notebook.cells.insert(1, nbformat.v4.new_code_cell(f"# {OTHER_CANARY}\n{LOOK_ABOUT}"))
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / release.name, version=nbformat.NO_CONVERT)
    (folder / "notes.txt").write_text(OTHER_CANARY)


def traces(autograded: Path) -> list[str]:
    """What a witness found, if its notebook was run at all."""
    if not autograded.exists():
        return [f"the witness in {autograded.parent.parent.name} was not graded"]
    notebook = nbformat.read(autograded, as_version=4)
    said = [o.get("text", "") for c in notebook.cells for o in c.get("outputs", ())]
    lines = [line for text in said for line in text.splitlines() if line.startswith(TRACES)]
    found = [line.removeprefix(TRACES).strip() for line in lines]
    if len(found) != 1:
        return [f"the witness in {autograded.parent.parent.name} could not look"]
    return [] if found == ["[]"] else found
