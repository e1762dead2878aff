import math
from collections import Counter
from dataclasses import FrozenInstanceError

import pytest
import torch

from course_lib.notation import (
    Context,
    Distribution,
    Input,
    Simplified,
    Student,
    Teacher,
    Weights,
    loss,
)

C, C_PRIME, Z = Context("rules of a poet"), Simplified("poet"), Input("the sun is")
WORDS = ("bright", "warm", "dark")


def table(context, prefix):
    return [0.7, 0.2, 0.1] if len(prefix) % 2 else [0.1, 0.3, 0.6]


teacher = Teacher(table, WORDS)
student = Student(
    lambda theta, context, prefix: torch.softmax(torch.tensor(theta), -1).tolist(),
    WORDS,
    Weights([0.0, 0.0, 0.0], 1),
)


def test_distributions_print_as_they_are_written():
    assert teacher(C, Z).latex == r"\Pr^t(\cdot \mid c, z)"
    assert student(C_PRIME, Z).latex == r"\Pr_{\theta_{1}}^s(\cdot \mid c', z)"
    assert repr(student(C_PRIME, Z)).startswith("Pr_θ₁^s(·|c′,z): bright 0.333")
    assert teacher(C, Z, ["bright"]).name == "Pr^t(·|c,z,y₁)"
    assert teacher(C, Z, ["bright", "dark"]).name == "Pr^t(·|c,z,y₁…y₂)"


def test_the_bar_chart_can_be_read_aloud():
    html = teacher(C, Z)._repr_html_()
    assert 'role="img"' in html
    assert "Pr^t(·|c,z): bright 0.7, warm 0.2, dark 0.1" in html
    assert "<script" not in Distribution(("<script>",), (1.0,))._repr_html_()


def test_everything_is_immutable():
    with pytest.raises(FrozenInstanceError):
        teacher(C, Z).name = "mine"
    with pytest.raises(FrozenInstanceError):
        C.text = "other"


def test_sequences_multiply_by_the_chain_rule():
    y = ["bright", "dark", "bright"]
    assert teacher.log_prob(y, C, Z) == pytest.approx(math.log(0.7 * 0.6 * 0.7))
    assert teacher.log_prob([], C, Z) == 0.0


def test_eight_hundred_tokens_do_not_underflow():
    assert teacher.log_prob(["bright", "dark"] * 400, C, Z) == pytest.approx(
        400 * math.log(0.7 * 0.6)
    )


def test_an_impossible_answer_has_log_probability_minus_infinity():
    never = Teacher(lambda context, prefix: [1.0, 0.0], ("a", "b"))
    assert never.log_prob(["b"], C, Z) == -math.inf


def test_samples_follow_the_distribution_and_the_seed():
    drawn = teacher(C, Z).sample(4000, seed=1)
    assert drawn == teacher(C, Z).sample(4000, seed=1)
    assert drawn != teacher(C, Z).sample(4000, seed=2)
    assert Counter(drawn)["bright"] / 4000 == pytest.approx(0.7, abs=0.03)
    assert len(teacher.sample(C, Z, 5, seed=3)) == 5


def test_another_theta_is_another_distribution_of_the_same_student():
    other = student.at(Weights([3.0, 0.0, 0.0], 2))
    assert other(C_PRIME, Z).likeliest == "bright"
    assert student(C_PRIME, Z)["bright"] == pytest.approx(1 / 3)


def test_loss_is_kl_unless_another_divergence_is_given():
    assert loss(teacher(C, Z), teacher(C, Z)) == pytest.approx(0)
    p, q = teacher(C, Z), student(C_PRIME, Z)
    assert loss(p, q) == pytest.approx(math.log(3) + sum(x * math.log(x) for x in (0.7, 0.2, 0.1)))
    assert loss(p, q, lambda p, q: (p - q).abs().sum() / 2) == pytest.approx(0.7 - 1 / 3)


@pytest.mark.parametrize(
    ("probabilities", "says"),
    [
        ((0.5, 0.2, 0.1), "sum to 0.8"),
        ((1.5, -0.5, 0.0), "between 0 and 1"),
        ((0.5, 0.5), "2 probabilities for 3 outcomes"),
        ((float("nan"), 0.5, 0.5), "between 0 and 1"),
    ],
)
def test_what_is_no_distribution_is_refused(probabilities, says):
    with pytest.raises(ValueError, match=says):
        Distribution(WORDS, probabilities)


def test_two_vocabularies_cannot_be_compared():
    with pytest.raises(ValueError, match="only in the first: \\['dark'\\]"):
        loss(teacher(C, Z), Distribution(("bright", "warm", "cold"), (0.5, 0.3, 0.2)))
    with pytest.raises(ValueError, match="another order"):
        loss(teacher(C, Z), Distribution(("warm", "bright", "dark"), (0.5, 0.3, 0.2)))


def test_the_roles_of_the_notation_are_kept():
    with pytest.raises(TypeError, match="the teacher gets no θ"):
        Teacher(table, WORDS, Weights([1.0]))
    with pytest.raises(TypeError, match="full context c"):
        teacher(C_PRIME, Z)
    with pytest.raises(TypeError, match="simplified context c′"):
        student(C, Z)
    with pytest.raises(TypeError, match="user's input z"):
        teacher(C, C)
    with pytest.raises(TypeError, match="give Weights"):
        Student(table, WORDS, [1.0])
    with pytest.raises(KeyError, match="not in the vocabulary"):
        teacher(C, Z)["grey"]
