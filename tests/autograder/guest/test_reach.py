"""What functions of a notebook reach: noted at a cell, found as it was or changed later."""

import os
import sys
import warnings

import numpy as np
import pytest
import torch

from autograder.guest.reach import reach

LIBRARY = frozenset(sys.modules)
BEFORE = """
import math
import torch
import torch.nn.functional as F
EPSILON = 1e-12
def helper(x):
    return F.softmax(x, -1) + EPSILON
def f(x, T=1.0):
    inner = lambda y: math.log(len(y))
    return helper(x / T).log().sum() + inner(x) + torch.zeros(1)
"""


@pytest.fixture
def settings_put_back():
    """The settings that a test's notebook may change."""
    replaced = torch.nn.functional.softmax, torch.zeros, torch.get_default_dtype
    folder = os.getcwd()
    errors = np.geterr()
    with warnings.catch_warnings():
        yield
    torch.nn.functional.softmax, torch.zeros, torch.get_default_dtype = replaced
    os.chdir(folder)
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    np.seterr(**errors)


def reach_of_f(before):
    """The reach of `f`, and the namespace in which `before` has run."""
    namespace = {}
    exec(before, namespace)
    return reach(["f"], namespace, LIBRARY), namespace


@pytest.mark.parametrize(
    "later",
    [
        "x = f(torch.ones(3))",
        "import torch\nimport torch.nn.functional as F",
        "def g(x):\n    return f(x) + EPSILON\nlosses = [float(g(torch.ones(3)))]",
        "torch.manual_seed(0)\ntorch.randn(3)",
        "import warnings\nwarnings.filterwarnings('ignore')",
        "with torch.no_grad():\n    f(torch.ones(2))",
    ],
)
def test_what_other_cells_do_is_no_change(later, settings_put_back):
    reached, namespace = reach_of_f(BEFORE)
    exec(later, namespace)
    assert reached.is_unchanged()


@pytest.mark.parametrize(
    "later",
    [
        "def f(x):\n    return x",
        "del f",
        "def helper(x):\n    return x",
        "helper.__code__ = (lambda x: x).__code__",
        "f.__defaults__ = (2.0,)",
        "EPSILON = 0.0",
        "math = None",
        "def len(x):\n    return 0",  # hides a builtin
        "F.softmax = lambda *_: 0",
        "torch.zeros = torch.ones",
        "torch.set_grad_enabled(False)",
        "torch.set_default_dtype(torch.float64)",
        "import numpy\nnumpy.seterr(all='raise')",
        "import warnings\nwarnings.simplefilter('error')",
        "import os\nos.chdir('/')",
        "torch.get_default_dtype = None",  # it cannot be asked any more
    ],
)
def test_what_would_change_an_answer_is_found(later, settings_put_back):
    reached, namespace = reach_of_f(BEFORE)
    exec(later, namespace)
    assert not reached.is_unchanged()


def test_a_variable_that_an_inner_function_shares_is_part_of_it():
    reached, namespace = reach_of_f(
        "def make():\n    T = 1.0\n    def set(t):\n        nonlocal T\n        T = t\n"
        "    return (lambda x: x / T), set\nf, set_temperature = make()"
    )
    assert reached.is_unchanged()
    namespace["set_temperature"](2.0)
    assert not reached.is_unchanged()


def test_a_name_that_is_not_there_yet_is_looked_for_again():
    reached, namespace = reach_of_f("x = 1")
    assert reached.is_unchanged()
    exec("def f(x):\n    return x", namespace)
    assert not reached.is_unchanged()


@pytest.mark.parametrize(
    "before",
    [
        "f = 3",  # a value, which cells are meant to change
        "seen = []\ndef f(x):\n    seen.append(x)",
        "def f(x, seen=[]):\n    seen.append(x)",
        "def f(x, *, seen=[]):\n    seen.append(x)",
        "def make(seen):\n    return lambda x: seen.append(x)\nf = make([])",
        "def f(x):\n    f.calls += 1\nf.calls = 0",
        "import functools\n@functools.cache\ndef f(x):\n    return x",
        "import torch\n@torch.no_grad()\ndef f(x):\n    return x",
        "import torch\nmodel = torch.nn.Linear(2, 2)\ndef f(x):\n    return model(x)",
        "class Model:\n    pass\ndef f(x):\n    return Model()",
        "def make():\n    if False:\n        later = 1\n    return lambda x: later\nf = make()",
        "class Odd:\n    @property\n    def __class__(self):\n        raise OSError\nodd = Odd()\n"
        "def f(x):\n    return odd",
        "import types\nhelper = types.ModuleType('helper')\ndef f(x):\n    return helper.g(x)",
    ],
)
def test_where_it_cannot_be_told_nothing_is_promised(before):
    reached, _ = reach_of_f(before)
    assert reached is None


def test_functions_that_call_each_other_have_an_end():
    reached, _ = reach_of_f("def f(x):\n    return g(x)\ndef g(x):\n    return f(x)")
    assert reached.is_unchanged()


@pytest.mark.parametrize(
    ("later", "bound"),
    [
        ("def helper(x):\n    pass", True),
        ("class helper:\n    pass", True),
        ("EPSILON = 0", True),
        ("EPSILON: float = 0", True),
        ("print(f(1))\nx = f(2)\nf == 3", False),
        ("def other(x):\n    helper = 1", False),
        ("softmax = 3", False),  # an attribute of a module, not a name of the notebook's
    ],
)
def test_code_that_will_bind_a_name_is_recognised(later, bound):
    reached, _ = reach_of_f(BEFORE)
    assert reached.is_bound_in(later) == bound
