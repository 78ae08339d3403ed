"""Claims that say the same in other words, each of a named kind: they must be accepted."""

import random
from collections.abc import Callable, Iterator

from tests.unit.grounding.material import Sentence
from tests.unit.grounding.rewordings import numbers, summary, words

Rewording = Callable[[Sentence, random.Random], Iterator[str]]

KINDS: dict[str, Rewording] = {
    function.__name__: function
    for function in (
        numbers.to_chinese,
        numbers.to_arabic,
        numbers.rescaled,
        numbers.separated,
        numbers.full_width,
        numbers.bounds,
        numbers.dates,
        words.punctuation,
        words.traditional,
        words.spaced,
        words.blanks,
        words.compared,
        words.clause,
        words.omitted,
        words.reordered,
        words.enumerated,
        words.abbreviated,
        words.fillers,
        words.resolved,
        words.from_to,
        words.moved,
        words.unchanged,
        summary.verbs,
        summary.limits,
        summary.subject,
        summary.number_first,
        summary.parentheses,
    )
}
