"""Read a formula that somebody typed, and tell whether two formulas say the same.

The text is never run: its syntax tree is walked, and only arithmetic, a few functions and the
names of the question are taken from it. So `T**2*KL`, `T^2 * KL` and `T·T·KL` are one formula, and
`open("x")` is none.
"""

from __future__ import annotations

import ast
import math
import random
import warnings
from collections.abc import Callable, Collection, Mapping

import sympy

LONGEST = 200
"""So many characters may a formula have."""

POINTS = 20
"""At so many random points two formulas have to agree."""

_SPELLINGS = {
    "^": "**", "·": "*", "×": "*", "−": "-", "÷": "/", "²": "**2", "³": "**3", "½": "(1/2)",
}  # fmt: skip
_FUNCTIONS: Mapping[str, Callable[..., sympy.Expr]] = {
    "log": sympy.log,
    "ln": sympy.log,
    "log2": lambda x: sympy.log(x) / sympy.log(2),
    "exp": lambda x: _power(sympy.E, x),
    "sqrt": sympy.sqrt,
    "abs": sympy.Abs,
}
_CONSTANTS = {"pi": sympy.pi, "e": sympy.E}
_OPERATORS: Mapping[type[ast.operator], Callable[[sympy.Expr, sympy.Expr], sympy.Expr]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: _power(a, b),
}
_LARGEST = 10**9
_LARGEST_LOG = 50  # of a power of numbers: 9**9**9**9 would be worked out for ever


class UnreadableFormula(ValueError):
    """A text is no formula of the question; the message says what to write instead."""


def read(text: str, symbols: Collection[str]) -> sympy.Expr:
    """The formula that `text` spells, over positive numbers called as in `symbols`.

    Raises `UnreadableFormula` for anything but numbers, the symbols, pi, e, + - * / **, brackets,
    and log, ln, log2, exp, sqrt and abs.

    >>> read("T^2 * (T + 0)", ["T"])
    T**3
    """
    if len(text) > LONGEST:
        raise UnreadableFormula(
            f"the formula has {len(text)} characters; {LONGEST} are enough for the right one"
        )
    for sign, spelling in _SPELLINGS.items():
        text = text.replace(sign, spelling)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # `2(T + 1)` is answered below
            tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UnreadableFormula(
            "it cannot be read: write it as in Python, for example 2*(T + 1)**2 / log(T)"
        ) from None
    known = {name: sympy.Symbol(name, positive=True) for name in symbols}
    formula = sympy.sympify(_build(tree.body, known))
    if formula.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo):
        raise UnreadableFormula("it has no value: it divides by zero, or takes log(0)")
    return formula


def same(a: sympy.Expr, b: sympy.Expr) -> bool:
    """Whether two formulas agree at `POINTS` random points, every symbol between .1 and .9.

    Symbolic simplification decides neither always nor in bounded time; analytic formulas that agree
    at so many points, to nine digits, are one.
    """
    names = sorted({symbol.name for symbol in a.free_symbols | b.free_symbols})
    arguments = [sympy.Symbol(name, positive=True) for name in names]
    value_a, value_b = (sympy.lambdify(arguments, each, "math") for each in (a, b))
    rng = random.Random(0)
    for _ in range(POINTS):
        point = [rng.uniform(0.1, 0.9) for _ in names]
        x, y = _number(value_a, point), _number(value_b, point)
        if x is None or y is None or not math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-12):
            return False
    return True


def _build(node: ast.expr, known: Mapping[str, sympy.Expr]) -> sympy.Expr:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return _constant(number)
        case ast.Name(id=name):
            return _named(name, known)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_build(operand, known)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _build(operand, known)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_build(left, known), _build(right, known))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](_build(argument, known))
        case ast.Call(func=ast.Name(id=name)):
            raise UnreadableFormula(
                f"{name}(…) is not known here: the functions are {', '.join(_FUNCTIONS)}, each of "
                "one number; a product needs its *"
            )
        case ast.Call():
            raise UnreadableFormula("a product needs its *: write 2*(T + 1), not 2(T + 1)")
    raise UnreadableFormula(
        "it may hold only numbers, the given names, + - * / **, brackets and functions of one "
        "number"
    )


def _constant(number: int | float) -> sympy.Expr:
    if not abs(number) <= _LARGEST:
        raise UnreadableFormula("a number in it is too large to be meant")
    return sympy.Rational(str(number))


def _named(name: str, known: Mapping[str, sympy.Expr]) -> sympy.Expr:
    if name in known:
        return known[name]
    if name in _CONSTANTS:
        return _CONSTANTS[name]
    raise UnreadableFormula(f"{name!r} is not one of the names here: they are {', '.join(known)}")


def _power(base: sympy.Expr, exponent: sympy.Expr) -> sympy.Expr:
    """A power; one of numbers only if it is small enough to be worked out."""
    if base.is_number and exponent.is_number:
        size, times = _number(lambda: base, []), _number(lambda: exponent, [])
        if size is None or times is None or abs(times * math.log(abs(size) or 1)) > _LARGEST_LOG:
            raise UnreadableFormula("a number in it is too large to be meant")
    return base**exponent


def _number(function: Callable[..., object], point: list[float]) -> float | None:
    """A formula's value at a point; None where it has none."""
    try:
        value = float(function(*point))  # type: ignore[arg-type]
    except (ArithmeticError, ValueError, TypeError):
        return None
    return value if math.isfinite(value) else None
