"""Numbers that are none: codes, names, headings, slogans."""

import re

from groundwork.quantities import units
from groundwork.quantities.find.draft import Draft
from groundwork.quantities.find.measure import LONGEST
from groundwork.quantities.find.words import either
from schemas.quantity import QuantityType

_LETTER = re.compile(r"[A-Za-z]")
_CODE_BEFORE = re.compile(r"[A-Za-zⅠ-Ⅻ+＋#№〔\[【]$|[A-Za-z\d][-_]$|[A-Za-z]\s$")
_CODE_AFTER = re.compile(
    r"[+＋](?=[\dA-Za-zNX”’\"')）]|$)|\s?[xX×*](?=\d)|[-/]\d+[-/]|-?[A-Z](?![A-Za-zΩ]{0,4}\b)"
    r"|[对比](?=\d)|号(?!线)|#|°(?!C)|[强届](?![力化])|体系|计划(?!生育)|热线|工程(?!师)|大会"
)
_ACRONYM = re.compile(
    r"(?:^|[^A-Za-z\d_\-])(?!PM|SO|NO|CO\s?$|NH|TOP|GB|ISO|HJ|DB|TEL|CN|SUV)[A-Z][A-Z&]{1,5}s?\s?$"
)
_ACRONYM_REACH = 9
_SCALE = re.compile(r"\s?[十百千万亿]{0,2}余?\s?")
_BOLD_OPENS = re.compile(r"\*\*\d[^*\n]{0,30}\*\*(?!\d)")
_BOLD_CLOSES = re.compile(r"\*\*(?![万亿元个家项人名件%.])[^*\n，,。；;、]{1,36}\*\*\d$")
_BOLD_REACH = 40
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"'}
_QUOTED = 14
_FROM = re.compile(r"[由从自]")
_LEVEL_BEFORE = re.compile(r"(?:为|达到?|[降升增减高][至到]|得分|指数|系数|稳定在|保持在)\s?$")
_STEP_BEFORE = re.compile(r"(?:提高|提升|上升|下降|降低|增加|减少|改善)了?\s?$")
"""What a bare number with a decimal point can be a step of: 较上年提高0.05."""
_RATE_BEFORE = re.compile(r"(?:率|(?<!产)值)(?:为|达到?)?\s?$")
"""A rate with a decimal point and no sign: 百万工时伤害率0.16, CMI值1.08."""
_LEVEL_FROM = re.compile(r"[由从]\s?$")
_LEVEL_TO = re.compile(r"\s?[^\d，,。；;、\n]{1,6}[至到为]\s?\d")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_LEVEL_AFTER = re.compile(r"\s*(?:[,，。；;)）、]|$)")
_TERM = re.compile(r"届[^,，。；;\n]{0,6}$")
"""A term of office before 次 makes it the number of a meeting: 十三届人大三次会议."""
_PHRASE = re.compile(either("phrases"))


def code(text: str, start: int, end: int) -> bool:
    """Tell whether the number is a part of a code, an address, a name: 5G, B-12, 1+6, 310国道."""
    if end - start > LONGEST or text.count(".", start, end) > 1:
        return True
    if _CODE_BEFORE.search(text[max(start - 2, 0) : start]) and not _indicator(text, start, end):
        return True
    after = _CODE_AFTER.match(text, end)
    return after is not None and not (
        after[0][0].isalpha() and after[0][0].isascii() and units.match(text, end)
    )


def _indicator(text: str, start: int, end: int) -> bool:
    """Tell whether the letters before a measured number name an indicator: COD1.86万吨."""
    if not _ACRONYM.search(text[max(start - _ACRONYM_REACH, 0) : start]):
        return False
    scale = _SCALE.match(text, end)
    return units.match(text, scale.end() if scale else end) is not None


def bold(text: str, start: int) -> bool:
    """Tell whether two stars before a digit are Markdown, not a mask: **217项**, **床位**217张."""
    if _BOLD_OPENS.match(text, start):
        return True
    return bool(_BOLD_CLOSES.search(text[max(start - _BOLD_REACH, 0) : start + 3]))


def name(text: str, draft: Draft) -> bool:
    """Tell whether number and unit are a part of a name or slogan: “三个百分百”, 八项规定."""
    if _PHRASE.match(text, draft.number[0]):
        return True
    if draft.unit == "次" and _TERM.search(text, max(draft.start - 8, 0), draft.start):
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
    """Tell whether a bare number is a level: 死亡率为0, 得分98.5, 由420降到265."""
    words = text[max(draft.start - 4, 0) : draft.start]
    if _LEVEL_FROM.search(words):
        year = _YEAR.match(text, draft.start, draft.end)
        return bool(_LEVEL_TO.match(text, draft.end)) and not year
    pointed = text.find(".", draft.start, draft.end) > 0
    told = _LEVEL_BEFORE.search(words) or (
        pointed and (_STEP_BEFORE.search(words) or _RATE_BEFORE.search(words))
    )
    return bool(told and _LEVEL_AFTER.match(text, draft.end))
