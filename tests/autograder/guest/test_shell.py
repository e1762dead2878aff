"""A guest's shell takes cells apart as IPython does."""

import pytest
from IPython.core.inputtransformer2 import MagicAssign, TransformerManager

from autograder.guest.shell import PlainCells

CELLS = [
    "",
    "x = 1\n",
    "  indented = 1\n  too = 2",
    ">>> prompt = 1",
    "In [1]: prompt = 1",
    "def f(x):\n    return x\n\nf(3)",
    "%time f(3)",
    "if x:\n    %time f(3)",
    "%%bash\necho hi",
    "files = !ls",
    "ran = %timeit -o f(3)",
    "!ls\n!!ls",
    "?f",
    "f?",
    "f??",
    ", f 1 2",
    "; f 1 2",
    "/f 1 2",
    "if x:\n    /f 1",
    "x = 7 % 3\ny = 'what? not!'",
    'text = """\n%time is no magic\n"""',
    "x = [\n  1\n  , 2\n]",
    "def g(:",
    "'''no end",
    "\ttab = 1",
]


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_becomes_the_code_that_ipython_makes_of_it(cell):
    assert PlainCells().transform_cell(cell) == TransformerManager().transform_cell(cell)


def test_what_a_notebook_adds_to_the_syntax_is_looked_for():
    class Shout(MagicAssign):
        @classmethod
        def find(cls, tokens_by_line):
            return cls((1, 0)) if tokens_by_line[0][0].string == "loud" else None

        def transform(self, lines):
            return ["print('LOUD')\n"]

    cells = PlainCells()
    cells.token_transformers.append(Shout)
    assert cells.transform_cell("loud") == "print('LOUD')\n"
