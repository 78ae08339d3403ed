"""What an indicator is called, and how alike two names are.

Reports rename their indicators from year to year: 规模以上 becomes 规上, 中小学教师 becomes 教师,
生猪出栏 becomes 出栏生猪. Standing long forms are read as their short ones, and the same letters in
another order are nearly the same name. Names that merely share most of their letters, as an
abbreviation does, are likely and never sure.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from groundwork.grounding.mention import LETTERS, content
from groundwork.grounding.words import ABBREVIATION, ABBREVIATIONS, VERB

BREAK: Final = re.compile("[,，。；;：:\n!！?？、（）()]")
STOCK: Final = re.compile("总数|总量|总人数|总户数|存量|保有量?|累计|共有|现有|在册|在库")
"""Words that make a number a stock; they name nothing."""

_ALIASES: Final = {
    "技术改造": "技改",
    "农村居民": "农民",
    "九年义务教育": "义务教育",
    "学前教育": "学前",
    "经费支出": "投入",
    "经费投入": "投入",
    "比率": "比例",
    "满意率": "满意度",
    "年均浓度": "平均浓度",
    "医疗保险": "医保",
    "危险废物": "危废",
    "固体废物": "固废",
    "电子商务": "电商",
    "实际利用外资": "利用外资",
    "实际使用外资": "利用外资",
    "进出口总额": "进出口",
    "外贸进出口": "进出口",
}
"""Names that reports swap from year to year and that verification need not know."""
_ALIAS: Final = re.compile("|".join(sorted(_ALIASES, key=len, reverse=True)))
_DOING: Final = re.compile(f"{VERB.pattern}(?![率员])[量数]?")
"""A verb that is no part of a name, as in 覆盖率 and 调解员 it is; 授权量 is what was granted."""
_STANDING: Final = re.compile("(?:进入|跻身|位居|位列|名列|排名|保持|居|列)(?=[全我本第前]|$)")
"""Words between what is ranked and its rank."""
_RESTORED: Final = re.compile("恢复[到至]?$")

_REORDERED: Final = 0.9
"""How alike names of the same letters in another order are."""
_SHARED: Final = 0.75
"""Least share of common letters that makes two names likely."""
_LETTERS_TELL: Final = 0.7
"""How much common letters count: alone they never make a pair sure."""
_LONG_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Name:
    """The words that name something, ready to be compared."""

    words: str
    pairs: frozenset[str]
    letters: frozenset[str]

    @classmethod
    def of(cls, words: str) -> "Name":
        """Take apart words that ``named`` returned."""
        return cls(words, _pairs(words), frozenset(words))

    def alike(self, other: "Name") -> float:
        """Return how alike two names are, from 0 to 1.

        >>> Name.of("生猪出栏").alike(Name.of("出栏生猪"))
        0.9
        >>> round(Name.of("普惠性幼儿园覆盖率").alike(Name.of("普惠园覆盖率")), 2)
        0.62
        """
        common = dice(self.pairs, other.pairs)
        if common == 1.0 or min(len(self.words), len(other.words)) < _LONG_ENOUGH:
            return common
        if len(self.words) > _LONG_ENOUGH and sorted(self.words) == sorted(other.words):
            return max(common, _REORDERED)
        shared = dice(self.letters, other.letters)
        return max(common, _LETTERS_TELL * shared) if shared >= _SHARED else common

    def ends_like(self, other: "Name") -> bool:
        """Whether one is the other with words left out in front: 教师 for 中小学教师."""
        short, long = sorted((self.words, other.words), key=len)
        return len(short) > 1 and long.endswith(short)


def letters(words: str) -> str:
    """Return words without space and quotes, long forms shortened."""
    short = ABBREVIATION.sub(lambda long: ABBREVIATIONS[long[0]], words.translate(LETTERS))
    return _ALIAS.sub(lambda long: _ALIASES[long[0]], short)


def named(words: str) -> str:
    """Return the words that name something, verbs and what only tells the aspect left out.

    >>> named("新增学前教育学位"), named("年内办结"), named("客运量恢复到")
    ('学前学位', '', '客运量')
    """
    bare = _RESTORED.sub("", _STANDING.sub("", STOCK.sub("", letters(words))))
    return content(_DOING.sub("", bare))


def bare_verb(words: str) -> str:
    """Return the verb of words that name nothing else.

    >>> bare_verb("年内办结"), bare_verb("办结信访件")
    ('办结', '')
    """
    return "" if named(words) else content(letters(words))


def named_or_verb(words: str) -> str:
    """Return what ``named`` does, and where words name nothing, the verb in them."""
    return named(words) or content(letters(words))


def name_pairs(text: str) -> frozenset[str]:
    """Return the pairs of letters of all words of a text that name something."""
    return frozenset().union(*(_pairs(named_or_verb(clause)) for clause in BREAK.split(text)))


def dice(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Return what two sets share, of what they hold.

    >>> dice({"高企", "企数"}, {"高企"})
    0.6666666666666666
    """
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


def _pairs(words: str) -> frozenset[str]:
    """Cut words into pairs of neighbouring letters; a single letter stands for itself.

    >>> sorted(_pairs("高企")), sorted(_pairs("税"))
    (['高企'], ['税'])
    """
    return frozenset(map("".join, pairwise(words))) or frozenset(words)
