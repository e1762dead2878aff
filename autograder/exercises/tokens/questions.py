"""The questions of the notebook on tokens, masks and shifts."""

from __future__ import annotations

from autograder.exercises.question import Option, Question

PREDICT_PADDING = Question(
    id="predict_padding",
    title="Predict: what does padding do?",
    kind="predict",
    stem=(
        "Same weights, same six tokens; only padding is appended, and the mask is false there. "
        "What does the reported loss do?"
    ),
    points=0,
    formative=True,
    options=(
        Option(
            "falls",
            "it falls",
            "Right. Why it does is the next question.",
        ),
        Option(
            "stays",
            "it stays: what is masked does not count",
            "So it should be, and one would think that the mask sees to it. What it leaves out, "
            "and what it does not, is the next question.",
            "padding-is-harmless",
        ),
        Option(
            "rises",
            "it rises: the models differ widely in the padding",
            "They do, and it would, if the mask were true there. It is true on what *counts*, and "
            "0 times a large KL is 0.",
            "true-means-ignored",
        ),
    ),
    key="falls",
)

PADDED_VALIDATION_LOSS = Question(
    id="padded_validation_loss",
    title="A loss that padding improves",
    kind="choice",
    stem=(
        "A model is evaluated four times, with the same weights, on the same 6 answer tokens; only "
        "padding is appended, so that the batch has 6, 12, 24 and 64 positions. The reported "
        "validation loss is 1.72, .86, .43, .16. What happened?"
    ),
    points=2,
    options=(
        Option(
            "A",
            "The model uses the padding as additional context, and predicts better with more of "
            "it.",
            "What is appended after an answer cannot be seen from the answer's positions: the "
            "predictions are the same, and so are their losses.",
            "padding-helps-the-model",
        ),
        Option(
            "B",
            "The padding is easy to predict. Its small losses are averaged in.",
            "Then the loss would depend on how well the padding is predicted. It halves exactly "
            "when the number of positions doubles: the padding adds exactly nothing to the sum.",
            "padding-is-harmless",
        ),
        Option(
            "C",
            "Padding makes training more regular, and a regularised model has a lower loss.",
            "Nothing is trained here: the weights are the same four times.",
            "padding-helps-the-model",
        ),
        Option(
            "D",
            "The sum runs over the 6 answer tokens, but it is divided by all positions.",
            "Right: 1.72·6 is divided by 6, 12, 24 and 64. Σmask belongs below the fraction bar "
            "too.",
        ),
        Option(
            "E",
            "Nothing is wrong: a mean over more positions is lower, as it is for longer answers.",
            "A mean over more *answer tokens* need not be lower; and the positions that were added "
            "hold no answer, so that they have no business in the mean.",
            "any-mean-will-do",
        ),
    ),
    key="D",
)

TWO_ROWS = Question(
    id="two_rows",
    title="What a token weighs",
    kind="matching",
    stem=(
        "A batch has two rows, one with 4 answer tokens and one with 1. How much does a single "
        "token weigh in the mean over tokens, `Σ mask·KL / Σ mask`, and how much in the mean over "
        "rows, where each row's own mean is taken first? (A weight may serve more than once.)"
    ),
    points=2,
    items={
        "tokens_long": "mean over tokens: a token of the row with 4",
        "tokens_short": "mean over tokens: the token of the row with 1",
        "rows_long": "mean over rows: a token of the row with 4",
        "rows_short": "mean over rows: the token of the row with 1",
    },
    options=(
        Option(
            "A",
            "1",
            "The weights of all tokens add up to 1; a single one of five cannot have all of it.",
            "every-row-counts-the-same",
        ),
        Option(
            "B",
            "1/2",
            "Half of a loss hangs on one token only where each of two rows counts the same, and "
            "the row has no other token.",
            "every-row-counts-the-same",
        ),
        Option(
            "C",
            "1/4",
            "That is the weight within the row; the mean over the two rows halves it.",
            "any-mean-will-do",
        ),
        Option(
            "D",
            "1/5",
            "All five tokens weigh the same only in the mean over tokens.",
            "any-mean-will-do",
        ),
        Option(
            "E",
            "1/8",
            "A weight of 1/8 comes from dividing by 4 tokens and by 2 rows; or by 8 positions, "
            "padding included.",
            "padding-is-harmless",
        ),
    ),
    key={"tokens_long": "D", "tokens_short": "D", "rows_long": "E", "rows_short": "B"},
)

WHO_PREDICTS = Question(
    id="who_predicts",
    title="Who predicts it?",
    kind="choice",
    stem=(
        "`tokens = [bos, the, sun, is, bright, end]`, at positions 0 to 5; `logits` has one row "
        "for each position. Which row holds the model's prediction of 'bright'?"
    ),
    points=2,
    options=(
        Option(
            "A",
            "`logits[4]`: it stands at the position of 'bright'",
            "At position 4 the model has read 'bright' already; that row predicts what follows, "
            "end.",
            "logits-sit-on-their-token",
        ),
        Option(
            "B",
            "`logits[3]`: it stands at 'is', the last token before",
            "Right: at position 3 the model has read bos … is, and says what comes next.",
        ),
        Option(
            "C",
            "`logits[5]`: it is computed last, when everything has been read",
            "That row has read the answer and its end; it predicts what would come after the end.",
            "predictions-need-the-whole-input",
        ),
        Option(
            "D",
            "`logits[0]`: bos stands for the whole input",
            "At position 0 nothing but bos has been read. Such a summary exists in models that "
            "read in both directions, not here.",
            "predictions-need-the-whole-input",
        ),
        Option(
            "E",
            "`logits[0]` to `logits[3]` together: their mean",
            "Each row is a whole prediction, of its own next token. What came before is inside "
            "row 3 already.",
            "predictions-need-the-whole-input",
        ),
    ),
    key="B",
)

FIND_THE_PADDING = Question(
    id="find_the_padding",
    title="Find the padding without reading the code",
    kind="short",
    stem=(
        "Somebody hands you their masked KL as a function that you can call but not read. Describe "
        "an experiment that shows whether padding takes part in its mean. What would you see if "
        "the mask were missing altogether, and what if it were missing below the fraction bar "
        "only? Why must teacher and student hold *different* numbers in the padding?"
    ),
    points=3,
    rubric=(
        "The experiment: append positions where the mask is false, with arbitrary logits, to one "
        "and the same batch; a right function gives the same value.",
        "Tells the two apart: without any mask the value depends on what stands in the padding; "
        "with the mask above only, it shrinks by Σmask/(B·M), whatever stands there.",
        "Equal logits give equal distributions, whose KL is 0: a missing mask would then only "
        "divide, and look like the other mistake (or, in a sum, like none).",
    ),
)

QUESTIONS = (
    PREDICT_PADDING,
    PADDED_VALIDATION_LOSS,
    WHO_PREDICTS,
    TWO_ROWS,
    FIND_THE_PADDING,
)
