"""Numbers in Chinese numerals, told apart from words, names and idioms; digits stripped away."""

import re
from decimal import Decimal

from groundwork.quantities import numerals, units
from groundwork.quantities.find import measure, traps
from groundwork.quantities.find.draft import Draft
from groundwork.quantities.find.ranks import quotient
from groundwork.quantities.find.scan import RANGE
from schemas.quantity import Qualifier, QuantityType

_KILO = frozenset("瓦伏米克卡赫焦")
"""Units with a 千 of their own."""
_BARE = re.compile("[百千万亿][百千万亿]*")
_ONE_BEFORE = re.compile(r"(?:仅|只|仅有|只有|共|共有|共计|合计|唯有|占|达|超过?|近)$")
_ONE_UNITS = (QuantityType.MULTIPLE, QuantityType.PERCENTAGE_POINT, QuantityType.MONEY)
_ONCE = re.compile(r"每(?:年|半年|季度|月|周|天|日|两年|[个两三]?月|季)[^,，。；;\n]{0,10}$")
_ONCE_DONE = re.compile("开展|组织|召开|举行|进行|检查|举办")
_NEGATED = re.compile("(?:未|没有|无|不)[^,，。；;]*$")
_ISSUED = re.compile(
    r"(?:举办|开办|组织|开展|培训|推出|编|刊|印发|发布|录制|出版|共)[^，,。；;、\n]{0,12}\Z"
)
_LEVELS = tuple("省市县乡镇村区州")
_WITHIN = re.compile("及?以[上下内]|之内|内(?![部容])|左右")
_LASTING = re.compile(
    r"(?:提前|历时|为期|耗时|用时|缩短|延长|压缩|长达|满|近|超过?|不到|不足|至少)\Z"
)
_ONCE_END = re.compile(r"[,，。；;、\n]|\Z")
_A_FEW = frozenset(
    ["批", "类", "种", "级", "大", "方面", "层", "代", "环节", "道", "轮", "年", "天", "日", "台"]
)
_TWO = frozenset("名个家户座件起辆栋")
"""What is counted with 二 as with 两; before other measure words 二 is the second: 二期, 二级."""
_EACH = re.compile("一(?!等奖)[^,，。；;、]{0,5}$|[每哪同这那第任另下上万逐最后某样年]$")
_HALF = re.compile("个半(?P<long>月|小时|学期)|(?P<unit>年)半(?!年|载)")
_TENTHS = re.compile(r"成(?P<rest>[一二三四五六七八九半](?!个))?(?P<more>多)?")
_REST = numerals.DIGITS | {"半": 5}
_TENTHS_BEFORE = re.compile("[占超近约过达足到逾有的于仅]$")
_TENTHS_AFTER = re.compile(r"以[上下]|左右|[,，。；;、)）的\s]|$")
_STRIPPED_NEXT = re.compile(r"[,，、；;。)）的\s]|等|$")
_NO_STRIP = "超逾过近上数几每十百千万亿单位(（/:：元"
_LOST_KINDS = (
    QuantityType.MONEY,
    QuantityType.AREA,
    QuantityType.WEIGHT,
    QuantityType.VOLUME,
    QuantityType.ENERGY,
)
_MEASURED_LIKE = re.compile(r"[一-鿿]")


def fraction(text: str, start: int, end: int) -> Draft | None:
    """Read 百分之三点二 as a percentage and 三分之一 as its quotient."""
    low, _, high = text[start:end].partition("分之")
    below, above = numerals.parse(low), numerals.parse(high)
    if not below or above is None:
        return None
    signs = {"百": "%", "千": "‰"}
    if low in signs:
        return Draft(
            start, end, QuantityType.PERCENT, (start, end), above, unit=signs[low], chinese=True,
            unit_at=(start, start + 3),
        )  # fmt: skip
    return Draft(start, end, QuantityType.RATIO, (start, end), quotient(above, below), chinese=True)


def read(text: str, start: int, end: int, floor: int) -> Draft | None:
    """Read a run of Chinese numerals as a quantity, if a unit or a bound makes it one."""
    if text[end - 1] == "千" and text[end : end + 1] in _KILO and end - start > 1:
        end -= numerals.parse(text[start:end]) is None  # 一百一十千伏, but 一万二千米
    written = text[start:end]
    digits = text[start - 1 : start].isdigit() or end - start > measure.LONGEST
    if digits or written == "零":  # 零发案, 零的突破
        return None
    if _BARE.fullmatch(written):
        return _bare(text, start, end, floor)
    if share := tenths(text, start, end, floor):
        return share
    draft = Draft(start, end, number=(start, end), chinese=True)
    draft.value = numerals.parse(written)
    if between := numerals.adjacent(written):
        (draft.value, draft.upper), draft.qualifier = between, Qualifier.APPROX
    if draft.value is None or not _complete(text, draft):
        return None
    if _idle(text, draft, written) or traps.name(text, draft):
        return None
    measure.bound(text, draft, floor)
    measure.settle(draft)
    return draft


def _complete(text: str, draft: Draft) -> bool:
    """Attach the unit, and the upper end of 三到五年; a Chinese number needs a unit."""
    half = _HALF.match(text, draft.end)
    if half and draft.value is not None:
        draft.value += Decimal("0.5")
        draft.unit, draft.type = half["unit"] or "个" + half["long"], QuantityType.DURATION
        draft.end = half.end()
        draft.unit_at = (draft.number[1], draft.end)
        return True
    measure.attach(text, draft)
    few = text.startswith("几", draft.end) and text[draft.end - 1] in "十百千万"
    if few:
        draft.end += 1
        draft.number = (draft.number[0], draft.end)
        draft.value = draft.upper = None
        draft.qualifier = Qualifier.APPROX
        draft.scale = Decimal(1)
        measure.attach(text, draft)
    other = RANGE.match(text, draft.end) if draft.unit is None else None
    if other:
        upper = Draft(*other.span("to"), number=other.span("to"), chinese=True)
        upper.value = numerals.parse(other["to"])
        measure.attach(text, upper)
        if upper.unit and (draft.value or 0) < (upper.value or 0):
            draft.upper, draft.end = upper.value, upper.end
            draft.unit, draft.unit_at, draft.type = upper.unit, upper.unit_at, upper.type
    return draft.unit is not None or (draft.value or 0) >= 10**4


def _idle(text: str, draft: Draft, written: str) -> bool:
    """Tell whether 一 and 二 before a measure word only say "a" or "second"."""
    if draft.unit is None or draft.upper is not None:
        return draft.unit == "级"
    if draft.value is not None and draft.value != draft.value.to_integral_value():
        return False
    if written == "二" and draft.unit not in _TWO:
        return draft.type in (QuantityType.COUNT, QuantityType.OTHER, QuantityType.DURATION)
    if written == "一" and draft.unit != "期":
        return draft.type not in _ONE_UNITS and _one(text, draft)
    return _ordinal(text, draft, written)


def _ordinal(text: str, draft: Draft, written: str) -> bool:
    """Tell whether the numeral is a name's: 二级, 三期, 三次产业."""
    if draft.unit == "级":
        return written != "两" and text[draft.start - 1 : draft.start] not in _LEVELS
    if draft.unit == "期":
        return len(written) == 1 and written != "两" and not _issued(text, draft)
    return draft.unit == "次" and written == "三" and text.startswith("产业", draft.end)


def _issued(text: str, draft: Draft) -> bool:
    """Tell 举办三期 (three of them) from 三期工程 and 三期建成 (the third one)."""
    return bool(_ISSUED.search(text[max(draft.start - 14, 0) : draft.start]))


def _one(text: str, draft: Draft) -> bool:
    before = text[max(draft.start - 6, 0) : draft.start]
    if draft.unit == "次":
        if _ONCE_END.match(text, draft.end):
            return False
        if _ONCE_DONE.search(before) and not text.startswith("性", draft.end):
            return False
        return not _ONCE.search(text, max(draft.start - 14, 0), draft.start)
    negated = _NEGATED.search(text, max(draft.start - 16, 0), draft.start)
    if draft.type is QuantityType.DURATION:
        return not (_WITHIN.match(text, draft.end) or _LASTING.search(before))
    if negated or draft.unit in _A_FEW or draft.type is not QuantityType.COUNT:
        return True
    ends = _ONCE_END.match(text, draft.end) and not _EACH.search(before)
    return not (ends or _ONE_BEFORE.search(before))


def tenths(text: str, start: int, end: int, floor: int) -> Draft | None:
    """Read 七成, 九成五 and 3成 as percentages, unless 成 begins another word."""
    found = _TENTHS.match(text, end)
    if found is None:
        return None
    value = numerals.parse(text[start:end])
    if value is None or not 0 < value <= 10:
        if between := numerals.adjacent(text[start:end]):
            value = between[0]
        else:
            return None
    clear = _TENTHS_AFTER.match(text, found.end()) or found["more"]
    if not clear and not _TENTHS_BEFORE.search(text[max(start - 1, 0) : start]):
        return None
    value = value * 10 + _REST.get(found["rest"], 0)
    draft = Draft(
        start, found.end(), QuantityType.PERCENT, (start, end), value, unit="%", chinese=True,
        unit_at=(end, end + 1),
    )  # fmt: skip
    if between := numerals.adjacent(text[start:end]):
        draft.upper, draft.qualifier = between[1] * 10, Qualifier.APPROX
    if found["more"]:
        draft.qualifier = Qualifier.MORE_THAN
    measure.bound(text, draft, floor)
    return draft


def _bare(text: str, start: int, end: int, floor: int) -> Draft | None:
    """Read a scale without a digit: 近千家, 百余名, 亿元以上; or digits stripped: 投资亿元."""
    draft = Draft(start, end, number=(start, end), chinese=True)
    draft.value = numerals.parse(text[start:end])
    if draft.value is None:
        return None
    measure.attach(text, draft)
    more = draft.qualifier is not Qualifier.EXACT
    before = measure.word_before(text, start, floor, bare=True)
    if before:
        draft.start = before[0]
    unbounded = draft.end
    measure.bound(text, draft, floor)
    after = draft.end > unbounded
    if before and not more and not after:
        draft.qualifier = before[1]
    if more or before or (after and draft.unit is not None):
        return draft if draft.unit or before or more else None
    return _lost(text, draft)


def _lost(text: str, draft: Draft) -> Draft | None:
    """Read 亿元 or 万平方米 whose digits are gone: words before it, the end of a clause after."""
    scale = text[draft.number[0] : draft.number[1]]
    before = text[draft.start - 1 : draft.start]
    if draft.unit is None or scale not in ("万", "亿"):
        return None
    if draft.type not in _LOST_KINDS and not draft.unit.endswith("次"):
        return None
    if before == " ":
        before = text[draft.start - 2 : draft.start - 1]
    if not _MEASURED_LIKE.match(before) or before in _NO_STRIP:
        return None
    if not _STRIPPED_NEXT.match(text, draft.end):
        return None
    draft.masked, draft.value = True, None
    return draft


def stripped(text: str, start: int, end: int, floor: int) -> Draft | None:
    """Read a sign whose digits are gone: 同比下降%, .亿元."""
    before = text[start - 1 : start]
    if text[start] == ".":
        if before.isascii() and before.isalnum():
            return None
        draft = Draft(start, end, number=(start, end - 1), masked=True)
        measure.attach(text, draft)
        return draft if draft.unit else None
    if before == " ":
        before = text[start - 2 : start - 1]
    if not _MEASURED_LIKE.match(before) or before in "几数每两十百千":
        return None
    found = units.match(text, start)
    if found is None:
        return None
    draft = Draft(start, found.end, found.type, (start, start), unit=found.unit, masked=True)
    draft.unit_at = (start, found.end)
    measure.bound(text, draft, floor)
    return draft


def vague(text: str, start: int, end: int, floor: int) -> Draft | None:
    """Read 数十次, 几亿, 若干家: no single value."""
    written = text[start:end]
    draft = Draft(start, end, number=(start, end), chinese=True)
    measure.attach(text, draft)
    if draft.unit is None and written == "若干":
        return None
    if draft.unit is None and draft.end == end and written[-1] not in "万亿":
        return None
    if traps.quoted(text, start, draft.end):
        return None
    draft.value, draft.qualifier = None, Qualifier.APPROX
    measure.bound(text, draft, floor)
    measure.settle(draft)
    return draft
