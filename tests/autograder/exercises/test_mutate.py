import ast

from autograder.exercises.mutate import mutants

SOLUTION = """
def mean_square(x, w, dim=-1):
    \"\"\"A docstring stays as it is.\"\"\"
    total = (w * x**2).sum(dim, keepdim=True)
    return -total.detach() / torch.clamp(w.sum(dim), min=1)
"""


def changes():
    return {each.change for each in mutants(SOLUTION)}


def test_operators_constants_terms_and_calls_are_changed():
    made = changes()
    assert "x ** 2 → x * 2" in made
    assert "x ** 2 → x" in made
    assert "w * x ** 2 → w / x ** 2" in made
    assert "w * x ** 2 → x ** 2" in made
    assert "2 → 3" in made
    assert "True → False" in made
    assert "total.detach() → total" in made
    assert "-total.detach() → total.detach()" in made


def test_every_mutant_is_valid_python_and_differs_from_all_others():
    sources = [each.source for each in mutants(SOLUTION)]
    assert len(sources) > 20
    assert len(set(sources)) == len(sources)
    for source in sources:
        assert ast.parse(source)
        assert "A docstring stays as it is." in source


def test_the_same_solution_gives_the_same_mutants():
    assert list(mutants(SOLUTION)) == list(mutants(SOLUTION))
