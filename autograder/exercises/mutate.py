"""Mutate a solution mechanically: small changes that a slip of the hand could make.

A mutant that gets full marks either computes the same thing or shows a gap in the cases.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SWAPPED: dict[type[Any], type[Any]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.Pow: ast.Mult, ast.FloorDiv: ast.Mult, ast.MatMult: ast.Mult,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip

HARMLESS_METHODS = {"contiguous", "clone", "copy"}
"""Methods that may be dropped without a change of what is computed."""


@dataclass(frozen=True)
class Mutant:
    """A changed solution: which line, what became what, and the whole source."""

    line: int
    change: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """All mutants of a solution that differ from it by one change."""
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for place in range(sum(1 for _ in ast.walk(tree))):
        for variant in range(_variants(_node(tree, place))):
            mutated = copy.deepcopy(tree)
            target = _node(mutated, place)
            before = ast.unparse(target)
            replacement = _changes(target)[variant]
            _replace(mutated, target, replacement)
            text = ast.unparse(ast.fix_missing_locations(mutated))
            if text not in seen:
                seen.add(text)
                line = getattr(target, "lineno", 0)
                yield Mutant(line, f"{before} → {ast.unparse(replacement)}", text)


def _node(tree: ast.AST, place: int) -> ast.AST:
    for index, node in enumerate(ast.walk(tree)):
        if index == place:
            return node
    raise IndexError(place)


def _variants(node: ast.AST) -> int:
    return len(_changes(node))


def _changes(node: ast.AST) -> list[ast.AST]:
    """What a node may become."""
    match node:
        case ast.BinOp(left, op, right):
            return [*_other_operator(node, op), left, right]
        case ast.UnaryOp(ast.USub(), operand):
            return [operand]
        case ast.Compare(left, [op], right):
            swapped = SWAPPED.get(type(op))
            return [ast.Compare(left, [swapped()], right)] if swapped else []
        case ast.BoolOp(op, values):
            return [ast.BoolOp(SWAPPED[type(op)](), values)]
        case ast.Constant(value) if not isinstance(value, str):
            return [ast.Constant(other) for other in _other_constants(value)]
        case ast.Call():
            return _other_calls(node)
        case ast.AugAssign(target, op, value):
            return [ast.Assign([target], value)]
        case _:
            return []


def _other_operator(node: ast.BinOp, op: ast.operator) -> list[ast.AST]:
    swapped = SWAPPED.get(type(op))
    return [ast.BinOp(node.left, swapped(), node.right)] if swapped else []


def _other_constants(value: object) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1, -value] if value else [1]
    if isinstance(value, float):
        return [value * 2, value + 1.0]
    return []


def _other_calls(node: ast.Call) -> list[ast.AST]:
    """Two positional arguments swapped, a keyword dropped, a method of the result dropped."""
    changes: list[ast.AST] = []
    for i in range(len(node.args) - 1):
        arguments = list(node.args)
        arguments[i], arguments[i + 1] = arguments[i + 1], arguments[i]
        changes.append(ast.Call(node.func, arguments, node.keywords))
    for i in range(len(node.keywords)):
        keywords = node.keywords[:i] + node.keywords[i + 1 :]
        changes.append(ast.Call(node.func, node.args, keywords))
    if isinstance(node.func, ast.Attribute) and node.func.attr not in HARMLESS_METHODS:
        is_module = isinstance(node.func.value, ast.Name) and node.args
        if not is_module:
            changes.append(node.func.value)
    return changes


def _replace(tree: ast.AST, target: ast.AST, replacement: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, name, replacement)
            elif isinstance(value, list) and any(item is target for item in value):
                value[[item is target for item in value].index(True)] = replacement
