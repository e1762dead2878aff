"""Findings in a folder, so that what takes half an hour can be stopped, gone on with, and shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from harness.corpus import Attack
from harness.findings import Finding, Findings


class Kept:
    """A folder with a file for each course that was attacked; None keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def findings(self, name: str, attacks: Sequence[Attack]) -> Findings | None:
        """What is kept, if it is of all these attacks."""
        path = self._path(name, "json")
        if path is None or not path.exists():
            return None
        found = _findings(json.loads(path.read_text()), attacks)
        return found if len(found.each) == len(attacks) else None

    def keep(self, found: Findings, name: str = "") -> Findings:
        """Keep what was found, under a name of its own or its rung's."""
        found = replace(found, isolation=name or found.isolation)
        if path := self._path(found.isolation, "json"):
            path.write_text(json.dumps(_plain(asdict(found)), indent=1))
        return found

    def one_by_one(
        self, name: str, attacks: Sequence[Attack], attack: Callable[[Attack], Finding]
    ) -> Findings:
        """What attacks find that are made alone: each is kept as soon as it is over."""
        path = self._path(name, "jsonl")
        lines = path.read_text().splitlines() if path is not None and path.exists() else []
        done = {each["attack"]: each for each in map(json.loads, lines)}
        found = []
        for each in attacks:
            if each.name not in done:
                done[each.name] = _plain(asdict(attack(each)))
                if path is not None:
                    with path.open("a") as file:
                        print(json.dumps(done[each.name]), file=file)
            found.append(_finding(done[each.name], each))
        return Findings(name, tuple(found), (), (), ())

    def _path(self, name: str, kind: str) -> Path | None:
        return self._folder and self._folder / f"{name.replace(' ', '-').replace(',', '')}.{kind}"


def _plain(value: Any) -> Any:
    """What is found as JSON has it, an attack by its name."""
    match value:
        case {"attack": {"name": name}, **rest}:
            return {"attack": name, **_plain(rest)}
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
    return value


def _findings(kept: dict[str, Any], attacks: Sequence[Attack]) -> Findings:
    known = {each.name: each for each in attacks}
    each = [_finding(one, known[one["attack"]]) for one in kept["each"] if one["attack"] in known]
    rest = {name: tuple(kept[name]) for name in ("unfair", "traces", "damage")}
    return Findings(kept["isolation"], tuple(each), **rest)


def _finding(kept: dict[str, Any], attack: Attack) -> Finding:
    values = {name: tuple(v) if isinstance(v, list) else v for name, v in kept.items()}
    return Finding(**values | {"attack": attack})
