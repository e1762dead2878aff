"""Models that map tokens [B, L] to logits [B, L, V], and what generates from them."""

from course_lib.models.bigram import Bigram
from course_lib.models.generate import greedy, next_tokens, sample
from course_lib.models.rest import at_rest
from course_lib.models.transformer import Transformer

__all__ = ["Bigram", "Transformer", "at_rest", "greedy", "next_tokens", "sample"]
