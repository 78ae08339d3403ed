"""Numbers that are none: codes, names, headings, slogans."""

import re

from groundwork.quantities.find.draft import Draft
from groundwork.quantities.find.measure import LONGEST
from groundwork.quantities.find.words import either
from schemas.quantity import QuantityType

_LETTER = re.compile(r"[A-Za-z]")
_CODE_BEFORE = re.compile(r"[A-Za-zⅠ-Ⅻ+＋#№〔\[【]$|[A-Za-z\d][-_]$|[A-Za-z]\s$")
_CODE_AFTER = re.compile(
    r"[+＋](?=[\dA-Za-zNX”’\"')）]|$)|\s?[xX×*](?=\d)|[-/]\d+[-/]|-?[A-Z](?![A-Za-zΩ]{0,4}\b)"
    r"|号(?!线)|#|°(?!C)|[强届](?![力化])|体系|计划(?!生育)|热线|工程(?!师)|大会"
)
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"'}
_QUOTED = 14
_FROM = re.compile(r"[由从自]")
_LEVEL_BEFORE = re.compile(r"(?:为|达到?|降至|升至|增至|降到|得分|指数|系数|稳定在|保持在)\s?$")
_LEVEL_AFTER = re.compile(r"\s*(?:[,，。；;)）、]|$)")
_PHRASE = re.compile(either("phrases"))


def code(text: str, start: int, end: int) -> bool:
    """Tell whether the number is a part of a code, an address, a name: 5G, B-12, 1+6, 310国道."""
    if end - start > LONGEST or text.count(".", start, end) > 1:
        return True
    before = text[max(start - 2, 0) : start]
    if _CODE_BEFORE.search(before):
        return True
    after = _CODE_AFTER.match(text, end)
    return bool(after)


def name(text: str, draft: Draft) -> bool:
    """Tell whether number and unit are a part of a name or slogan: “三个百分百”, 八项规定."""
    if _PHRASE.match(text, draft.number[0]):
        return True
    if draft.type not in (QuantityType.COUNT, QuantityType.OTHER):
        return False
    return quoted(text, draft.start, draft.end)


def quoted(text: str, start: int, end: int) -> bool:
    """Tell whether the range stands in a short quotation: a name, or a slogan."""
    left = max(start - _QUOTED, 0)
    for opening, closing in _QUOTES.items():
        at = text.rfind(opening, left, start)
        if at < 0 or (closing != opening and text.find(closing, at, start) >= 0):
            continue
        if opening == closing and text.count(opening, left, start) % 2 == 0:
            continue
        if text.find(closing, end, at + _QUOTED + 2) >= 0:
            return True
    return False


def from_to(text: str, draft: Draft, other: re.Match[str]) -> bool:
    """Tell whether 到 or 至 leads from one value to another (由5%到8%): two quantities."""
    if other[0].strip()[0] not in "至到":
        return False
    return bool(draft.unit and _FROM.search(text, max(draft.start - 16, 0), draft.start))


def level(text: str, draft: Draft) -> bool:
    """Tell whether a bare number is the level of an index or rate: 死亡率为0, 得分98.5."""
    before = _LEVEL_BEFORE.search(text[max(draft.start - 4, 0) : draft.start])
    return bool(before and _LEVEL_AFTER.match(text, draft.end))
