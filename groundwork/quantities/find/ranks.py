"""Ranks (第十, 前三, 首位), ratios (1:0.34), fractions (1/10), and words that hold a number."""

import re
from decimal import Decimal

from groundwork.quantities import numerals, units
from groundwork.quantities.find.draft import Draft
from schemas.quantity import Change, Qualifier, QuantityType

_PLACE = re.compile(r"\s?(?:位(?![数移])|名(?!单|称|录))")
_ORDER = re.compile(r"\s?家")
_SCOPED = re.compile(r"\s?[家个]")
_STANDS = re.compile(
    r"(?:排名?|位列|位居|位次|名列|列|居|占|获得?|夺得|跃居|升至|跃升[至到为]|升到|上升到|前移至|保持|并列|蝉联|倒数|总分|成绩|综合"
    r"|全国|全省|全市|全区|全县|全球|世界|全州|全系统|全行|全网|亚洲|百强县|百强|同类|系统|省内|市内|国内)[^,，。；;、\n]{0,10}$"
)
_SCOPE = re.compile(r"全[国省市区县州球]|世界|省内|国内$")
_STOP = re.compile(r"$|[\s，,。；;、:：)）”\"》的和与及或并但且]|水平|方位")
_NOT_FRONT = "目提当此之以年日月空向从生眼跟超往底末天月"
_RATIO = re.compile(r"\s?[:：∶]\s?(\d{1,9}(?:\.\d{1,9})?)(?![\d:：.])")
_PARTS = re.compile(r"(?:\s?[:：∶]\s?\d{1,9}(?:\.\d{1,9})?){2,5}(?![\d:：.])")
"""The rest of a ratio of three or more, which has no single value: 14.8:42.1:43.1."""
_RATIO_WORD = re.compile("比")
_FRACTION = re.compile(r"/(\d{1,4})(?![\d/.\-年万千])")
_FRACTION_AFTER = re.compile("的|以上|以下|左右")
_IDLE_FIRST = re.compile(r"(?:[放摆列排]在|置于|作为|放到|摆到)[^,，。；;、\n]{0,6}$")
_DOUBLE = re.compile("[一两二三四1234]")


def leads(text: str, start: int) -> str:
    """Return 第 or 前 where it stands right before the number and leads a rank, else nothing."""
    before = text[start - 1 : start] if start else ""
    ahead = text[start - 2 : start - 1] if start > 1 else "。"
    if before == "第" or (before == "前" and ahead not in _NOT_FRONT):
        return before
    return ""


def read(text: str, start: int, end: int, floor: int, *, masked: bool = False) -> Draft | None:
    """Read 第N or 前N; anything but a place in a ranking is a name (第二季度, 第十四届)."""
    number = start, end
    value = None if masked else numerals.parse(text[start:end])
    if value is None and not masked:
        return None
    draft = Draft(number[0] - 1, number[1], QuantityType.RANK, number, value, masked=masked)
    if text[draft.start] == "前":
        return _front(text, draft, floor)
    before = text[max(draft.start - 16, floor, 0) : draft.start]
    place = _PLACE.match(text, draft.end)
    order = _ORDER.match(text, draft.end)
    if order is None and _SCOPE.search(before):
        order = _SCOPED.match(text, draft.end)
    unit = place or order
    if unit is None:
        return draft if _STOP.match(text, draft.end) and _STANDS.search(before) else None
    draft.end = unit.end()
    draft.unit, draft.unit_at = text[unit.end() - 1], (unit.end() - 1, unit.end())
    return draft


def _front(text: str, draft: Draft, floor: int) -> Draft | None:
    draft.qualifier = Qualifier.AT_MOST
    if text.startswith("%", draft.end):
        draft.end += 1
        draft.unit, draft.unit_at = "%", (draft.end - 1, draft.end)
        return draft
    place = _PLACE.match(text, draft.end)
    if place:
        draft.end = place.end()
        draft.unit, draft.unit_at = text[place.end() - 1], (place.end() - 1, place.end())
        return draft
    if _STOP.match(text, draft.end) and (draft.value is None or draft.value <= 1000):
        return draft
    found = units.match(text, draft.end)
    if found and found.type is QuantityType.DURATION:
        return None
    return None


def word(text: str, start: int, end: int) -> Draft | None:
    """Read a word that holds a number: 首位, 翻一番, 一半."""
    written = text[start:end]
    if written == "首位":
        idle = _IDLE_FIRST.search(text[max(start - 10, 0) : start])
        if idle or text[end : end + 1] in ("度", "产"):
            return None
        return Draft(
            start, end, QuantityType.RANK, (start, end), Decimal(1), unit="位",
            unit_at=(end - 1, end),
        )  # fmt: skip
    if written.startswith("翻"):
        times = _DOUBLE.search(written)
        count = int(numerals.parse(times[0]) or 1) if times else 1
        over = text.startswith("多", end)
        return Draft(
            start, end + over, QuantityType.MULTIPLE, (start, end), Decimal(2**count), unit="倍",
            change=Change.INCREASE,
            qualifier=Qualifier.MORE_THAN if over else Qualifier.EXACT,
        )  # fmt: skip
    more = {"过半": Qualifier.MORE_THAN, "近半": Qualifier.APPROX}.get(written, Qualifier.EXACT)
    return Draft(
        start, end, QuantityType.PERCENT, (start, end), Decimal(50), unit="%", qualifier=more
    )


def pair(text: str, start: int, end: int) -> Draft | None:
    """Read a ratio or a fraction of two Arabic numbers; clock times and dates are neither."""
    written = text[start:end]
    if parts := _PARTS.match(text, end):
        clear = "." in text[start : parts.end()] or _RATIO_WORD.search(
            text[max(start - 8, 0) : start]
        )
        whole = (start, parts.end())
        return Draft(*whole, QuantityType.RATIO, whole) if clear else None
    if ratio := _RATIO.match(text, end):
        first, second = numerals.parse("".join(written.split())), Decimal(ratio[1])
        clear = (
            "." in written or "." in ratio[1] or _RATIO_WORD.search(text[max(start - 8, 0) : start])
        )
        if clear and first is not None and second:
            return Draft(
                start,
                ratio.end(),
                QuantityType.RATIO,
                (start, ratio.end()),
                quotient(first, second),
            )
        return None
    fraction = _FRACTION.match(text, end)
    before = text[start - 1 : start] if start else ""
    if not fraction or not written.isdigit() or not _shares(text, before, fraction.end()):
        return None
    if len(written) < 4 and 0 < int(written) < int(fraction[1]):
        value = quotient(Decimal(written), Decimal(fraction[1]))
        return Draft(start, fraction.end(), QuantityType.RATIO, (start, fraction.end()), value)
    return None


def _shares(text: str, before: str, end: int) -> bool:
    """Tell a fraction (超过1/3, 2/3的村) from a date or a page by what stands around it."""
    if before.isalpha():
        return not before.isascii()
    return before not in ("/", "-", ".", ":") and bool(_FRACTION_AFTER.match(text, end))


def quotient(first: Decimal, second: Decimal) -> Decimal:
    """Divide, to ten places, as annotations write a third: 0.3333333333."""
    return round(first / second, 10).normalize()
