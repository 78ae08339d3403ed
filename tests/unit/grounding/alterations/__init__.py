"""Claims with one thing changed, each of a named kind: none of them may be accepted."""

import random
from collections.abc import Callable, Iterator

from tests.unit.grounding.alterations import careless, numbers, words
from tests.unit.grounding.material import Sentence

Alteration = Callable[[Sentence, random.Random, list[str]], Iterator[str]]

KINDS: dict[str, Alteration] = {
    function.__name__: function
    for function in (
        numbers.digit,
        numbers.decimal_point,
        numbers.digit_added,
        numbers.digit_dropped,
        numbers.swapped,
        numbers.copied,
        numbers.from_elsewhere,
        numbers.scale,
        numbers.range_end,
        numbers.chinese_numeral,
        numbers.mask_filled,
        numbers.mask_letters,
        numbers.code,
        numbers.masked,
        numbers.rounded,
        numbers.summed,
        words.unit,
        words.percent,
        words.direction,
        words.basis,
        words.bound,
        words.rank,
        words.period,
        words.part_as_whole,
        words.subtotal,
        words.level_for_change,
        words.relabelled,
        words.multiple,
        careless.period,
        careless.besides,
        careless.scope,
        careless.stage,
        careless.denied,
        careless.near,
        careless.converted,
        careless.level,
        careless.separator,
        careless.full_width,
        careless.misread,
        careless.neighbour,
        careless.difference,
    )
}
