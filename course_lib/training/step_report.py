"""A step of training, measured, that puts itself into words and pictures."""

from __future__ import annotations

from html import escape

from course_lib.figures.picture import Picture
from course_lib.figures.steps import example_changes, loss_along_the_step, outcome_changes
from course_lib.training.measured_step import MeasuredStep
from course_lib.training.step_words import paragraph


class StepReport(MeasuredStep):
    """What a step did: the numbers of a `MeasuredStep`, shown as a paragraph and three figures."""

    def along_the_step(self) -> Picture:
        """The real change of the loss and the first-order rule, as the step grows."""
        return loss_along_the_step(self.sizes, self.changes, self.predicted)

    def outcomes(self, token: int | None = None) -> Picture:
        """Who gained and who lost at an answer token: at the one given, or that changed most.

        Raises ValueError if the batch has no answer token.
        """
        token = self.most_moved if token is None else token
        if token is None:
            raise ValueError("the mask marks no answer token, so no outcome gained or lost")
        before, after, target = (each[token] for each in (self.before, self.after, self.target))
        return outcome_changes(before, after, target, self.words, self.place(token))

    def examples(self) -> Picture:
        """The loss of each example before and after."""
        return example_changes(self.examples_before, self.examples_after)

    @property
    def paragraph(self) -> str:
        """The step in words."""
        return paragraph(self)

    def __repr__(self) -> str:
        return self.paragraph

    def _repr_html_(self) -> str:
        pictures = [self.along_the_step()] if self.step_norm else []
        if self.rows:
            pictures += [self.outcomes()]
        if len(self.examples_before) > 1:
            pictures += [self.examples()]
        return f"<p>{escape(self.paragraph)}</p>" + "".join(each._repr_html_() for each in pictures)
