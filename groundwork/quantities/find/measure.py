"""From a number to a quantity: its scale, its unit, the bound words beside it."""

import re
from decimal import Decimal

from groundwork.quantities import numerals, units
from groundwork.quantities.find import cues
from groundwork.quantities.find.draft import Draft
from schemas.quantity import Qualifier, QuantityType

_SCALE = re.compile(
    r"\s{0,2}(?P<first>个亿(?!元)|万亿|[十百千]亿|[十百千]万|亿|万|千(?![瓦米克伏卡赫焦公])|百(?!分))?\s?"
    r"(?P<more>余|多(?![种样层方元])|来(?=[个人家名户岁天年件项次]))?(?P<second>万亿|[十百千]?[万亿])?(?P<late>余|多(?=元)|\+(?![\dA-Za-z]))?"
)
_GAP = re.compile(r"[ \t]{0,3}\n?[ \t]{0,3}")
_AFTER = re.compile(
    r"\s{0,2}(?:[(（]含[)）]|含)?(及?以上|及?以下|以内|之内|左右|上下|之多)(?![班级])|(?P<within>内)(?![容部控外陆资需涵在设科])"
)
_MORE_AFTER = re.compile("(?:有余|余|多)(?![种样次个名人家])")
_TIMES = re.compile("个多(月|小时|星期|季度|学期|世纪)|(?:多|余)(?=年|天|个|倍|元|岁|万|亿)")
_RATE = re.compile(r"\s?/\s?((?:10|100|十|百)?[万千]人?)(?![元亿万])")
"""The per-part of a rate without a unit of its own: 孕产妇死亡率6.8/10万."""
_BLANKS = frozenset(" \t\n")
_SCALE_FIRST = frozenset(" \t\n\r\f\v\xa0\u3000个万亿十百千余多来+")
_TIMES_FIRST = frozenset("个多余")
_AFTER_FIRST = frozenset("（(含及以之左上内")
"""What each of these patterns may begin with: few numbers are followed by any of it."""
LONGEST = 20
_LARGE = re.compile(r"[\d.,，零一二三四五六七八九十百千]{1,10}[万亿]")
_MONEY_NOUN = re.compile(
    "资|税|收入|[创增营]收|产值|金额|金$|费|款|补助|补贴|额|利润|贷|债|预算|支出|价|元|产业规模|营收|销售|GDP|总值|增加值|经济"
)


def worth(number: str, scale: Decimal) -> Decimal | None:
    """Return the value of a written number, its scale applied."""
    value = numerals.parse(number)
    return None if value is None else value * scale


def _scale_of(word: str | None) -> Decimal:
    if not word:
        return Decimal(1)
    return numerals.parse(word.lstrip("个")) or Decimal(1)


def attach(text: str, draft: Draft) -> bool:
    """Read what follows the number: scale, 余, unit, 以上. Return whether it has scale or unit."""
    at = draft.number[1]
    found = _SCALE.match(text, at) if text[at : at + 1] in _SCALE_FIRST else None
    if found is None:
        return _unit(text, draft, at)
    scaled = found["first"] or found["second"] or found["more"] or found["late"]
    if scaled:
        draft.scale = _scale_of(found["first"]) * _scale_of(found["second"])
        at = (
            found.end("late")
            if found["late"]
            else found.end("second" if found["second"] else "more" if found["more"] else "first")
        )
        draft.end = at
    if found["more"] or found["late"]:
        draft.qualifier = Qualifier.APPROX if found["more"] == "来" else Qualifier.MORE_THAN
    if draft.value is not None:
        draft.value *= draft.scale
    if draft.upper is not None:
        draft.upper *= draft.scale
    return _unit(text, draft, at) or bool(scaled)


def _unit(text: str, draft: Draft, at: int) -> bool:
    first = text[at : at + 1]
    gap = None if first not in _BLANKS or draft.masked else _GAP.match(text, at)
    begin = gap.end() if gap else at
    first = text[begin : begin + 1]
    months = _TIMES.match(text, begin) if first in _TIMES_FIRST else None
    if months and months[1]:
        draft.unit, draft.type = "个" + months[1], QuantityType.DURATION
        draft.unit_at, draft.end = (begin, months.end()), months.end()
        draft.qualifier = Qualifier.MORE_THAN
        return True
    if (first == "/" or first.isspace()) and (rate := _RATE.match(text, begin)):
        draft.unit, draft.type = "/" + rate[1], QuantityType.OTHER
        draft.unit_at, draft.end = rate.span(), rate.end()
        return True
    found = units.match(text, begin)
    if found is None or (draft.masked and not found.mask) or (draft.chinese and not found.chinese):
        return False
    draft.unit, draft.type = found.unit, found.type
    draft.unit_at, draft.end = (begin, found.end), found.end
    if found.type in (QuantityType.DURATION, QuantityType.MULTIPLE):
        more = _MORE_AFTER.match(text, found.end)
        if more:
            draft.end, draft.qualifier = more.end(), Qualifier.MORE_THAN
    return True


def bound(text: str, draft: Draft, floor: int) -> None:
    """Take in the bound words on both sides, never further left than ``floor``."""
    first = text[draft.end : draft.end + 1]
    after = _AFTER.match(text, draft.end) if first in _AFTER_FIRST or first.isspace() else None
    if after and (not after["within"] or draft.type is QuantityType.DURATION):
        draft.end = after.end()
        draft.qualifier = Qualifier.AT_MOST if after["within"] else cues.AFTER[after[1]]
    before = word_before(text, draft.start, floor)
    if before:
        draft.start = before[0]
        if draft.qualifier is Qualifier.EXACT:
            draft.qualifier = before[1]


def word_before(
    text: str, start: int, floor: int, *, bare: bool = False
) -> tuple[int, Qualifier] | None:
    """Return where the bound word that ends at ``start`` begins, and what it says."""
    if start and text[start - 1] == " ":
        start -= 1
    for word, kind in cues.LAST_OF_BEFORE.get(text[start - 1 : start], ()):
        begin = start - len(word)
        if begin < floor or not text.startswith(word, begin):
            continue
        if word in cues.BARE_ONLY and not bare and not _amounts(text, begin, start):
            continue
        if begin > floor and text[begin - 1] in cues.NOT_BOUND.get(word, ""):
            return None
        return begin, kind
    return None


def _amounts(text: str, begin: int, start: int) -> bool:
    """Tell 收入过25万元 (above) from 举办过3次 (ever)."""
    before = text[begin - 1 : begin]
    return text[begin] == "过" and before in cues.AMOUNTS and bool(_LARGE.match(text, start))


def settle(draft: Draft) -> None:
    """Type an amount without a unit as a count; 5日 is a day, not a stretch."""
    if draft.unit is None and draft.type is QuantityType.OTHER:
        draft.type = QuantityType.COUNT
    elif draft.unit == "日" and not draft.chinese and draft.end == (draft.unit_at or (0, 0))[1]:
        draft.type, draft.value, draft.upper, draft.unit = QuantityType.DATE, None, None, None
        draft.unit_at = None


def value_of_money(text: str, draft: Draft) -> None:
    """Type an amount without a unit as money where the words before it speak of money."""
    if draft.unit is None and draft.type is QuantityType.COUNT:
        words = text[max(draft.start - 16, 0) : draft.start]
        if _MONEY_NOUN.search(words):
            draft.type, draft.alike = QuantityType.MONEY, ""
