"""Whose number it is: the indicator's words nearby."""

import re

from groundwork.quantities.find import cues
from groundwork.quantities.find.draft import Draft, Said
from groundwork.quantities.find.periods import ENDS
from groundwork.quantities.find.tails import Tails
from groundwork.quantities.find.words import WORDS, either
from schemas.quantity import QuantityType

LONGEST = 30
"""How far before a number its label may begin, in characters."""
_MARKS = '。；;!！?？\n，,：:、（(）)《》“”"*'
_MARKED = re.compile(f"(?s:.*)[{re.escape(_MARKS)}]")
_ENDED = re.compile(f"(?s:.*)[{ENDS}；;]")
_IDLE = frozenset(["其中", "以及", "同时", "全年", "目前", "此外", "另外"])
TAIL = Tails(
    dict.fromkeys(
        [*WORDS["connectives"], *(w for w in (*cues.UP_WORDS, *cues.DOWN_WORDS) if len(w) > 1)],
        True,
    )
)
"""Words between an indicator and its number."""
_PART_OF_NOUN = {
    "增值率": "值",
    "约": "签节集条预合契履续",
    "超": cues.NOT_BOUND["超"],
    "及": "惠普涉波触",
    "到": "报",
    "有": "国所私自公",
    "均": "人年月户日平亩校村次笔",
    "为": "行作",
    "等": "平",
    "居": "民宜安",
    "达": "通发雷抵表传送",
    "可": "许认",
    "与": "参",
    "在": "现存",
}
HEAD = re.compile(
    rf"(?:(?:{either('heads')})(?!率)"
    rf"|(?:{either('acts')})(?![率量额数度费器员站房金点制力能时期人件])){{1,12}}"
)
_WAY = re.compile("(?:(?<![起升])降|(?<![起提])升|[增减涨跌压占])$")
"""What is left of a verb of change before 到 or 至 (由36家增至52家), and of a share."""
_AGAINST_OTHERS = re.compile(
    "比|较|高于|高出|低于|快于|慢于|优于|多于|少于|领先|落后|超出|[由从](?:年初|去年|上年|期初)"
)
_STANDING = re.compile(
    r"(?:位?[居列]|排名?|位次|名列|在|稳居){0,2}(?:全[国省市区县州球行]|全系统|省内|市内|国内|世界|同类)?"
    r"(?:位?[居列]|排名?|位次|名列)?$"
)
_RAISED = re.compile(
    "(?:提高|增加|上调|调整|提升|提标|压缩|缩短|降低|增|升|降)?(?:到|至|为)(?=每|[人户亩]均)"
)
_MOVED = re.compile(f"(?:{'|'.join((*cues.UP_WORDS, *cues.DOWN_WORDS))})[到至为]")
"""What follows the first of two levels, and names nothing: 126家压减至8家."""
_PER_ONLY = re.compile(
    "(?:[人户亩年日月村次]|平)均|每(?:[人户亩村年月日天]){1,4}|每[千万十百]{1,2}人"
)
_SINCE = re.compile("[由从](?:年初|去年|上年|期初|原来|最初)的?")
_THAN = re.compile("[由从]|同比|环比|[较比](?:上|去|前|年|期|同|往|历)")
_AROUND_VERB = re.compile("^(?:以来|来|累计|共计?|已)+|(?:达到?|为)$")
_NUMBERED = re.compile(r"\d{1,3}[.．)）、]")
_NEAR = 20
"""How many characters may lie between a number and the one whose label it shares."""
_MEASURED = (
    QuantityType.AREA,
    QuantityType.LENGTH,
    QuantityType.WEIGHT,
    QuantityType.VOLUME,
    QuantityType.ENERGY,
    QuantityType.OTHER,
)
_ACTION = re.compile(f"{either('openings')}|{either('verbs')}|{either('acts')}")
_AGES = ("岁", "周岁")
_CUT = re.compile(either("cuts"))
_NOUN = re.compile(r"[一-鿿A-Za-z“][一-鿿A-Za-z·“”]{0,17}")
_NOUN_STOP = re.compile(
    rf"{cues.VERBS.pattern}|{cues.ESTIMATE.pattern}|[，,。；;、：:）)占达在被为与和及已均正以获的]|(?<!公)共(?![享同建产青])"
    "|同比|下降|上升|增长|减少|中[居排位列]|申请|入围|通过|得到|全部|纳入|列入|发放|每"
)
_AFTER_NOT = frozenset("的，,。；;、：:）)以左上下和及与或同比较占达之为，在是目标任增")
_SPEAKS = re.compile(r"[一-鿿]+")


def name(text: str, draft: Draft, before: Said | None, dated: int, called: str = "") -> str | None:
    """Return whose number it is, by the words of its window.

    The number before ends where the window begins; ``dated`` is where a date after it ends. The
    window ends where the next number begins. ``called`` is a name in quotation marks.
    """
    low = max(dated, draft.start - LONGEST)
    high = draft.start
    while high > low and text[high - 1] in "* ":  # 整改问题**217项**
        high -= 1
    marked = _MARKED.match(text, low, high)
    low = marked.end() if marked else low
    left, acted = _strip(text, low, high)
    left = _subject(left, draft) or called
    right = _right(text, draft)
    counted = draft.type is QuantityType.COUNT and not (left and _next_has(text, draft))
    if right and (acted or not left or len(right) > 1) and counted:
        return right
    if draft.unit in _AGES or (draft.type in _MEASURED and _ACTION.fullmatch(left)):
        return right or left or None
    before = before if draft.start < _NEAR else None
    if left:
        return _joined(text[low:high], left, before)
    shared = draft.type is not QuantityType.COUNT or draft.listed or draft.toward is not None
    if before and (shared or not draft.start):
        return before.label
    if draft.type is QuantityType.RANK:
        right = None
    elif not right and text.startswith("的", draft.end):
        found = _NOUN.match(text, draft.end + 1)
        right = found[0] if found else None
    return right or _verb(text, low, high) or _farther(text, draft, dated)


def _subject(words: str, draft: Draft) -> str:
    """Leave out what words before a number say of a comparison, a direction or a standing."""
    if _SINCE.fullmatch(words):
        return ""
    if _AGAINST_OTHERS.match(words) and (draft.type is not QuantityType.COUNT or draft.change):
        return ""
    if draft.type is QuantityType.RANK:
        words = _STANDING.sub("", words)
    return _RAISED.sub("", _WAY.sub("", words))


def called(text: str, high: int) -> str:
    """Return the name in quotation marks that stands right before a number: “小巨人”4家."""
    while high and text[high - 1] in "* ":
        high -= 1
    if text[high - 1 : high] != "”":
        return ""
    begin = text.rfind("“", max(high - _NEAR, 0), high)
    return text[begin + 1 : high - 1] if begin >= 0 else ""


def _joined(whole: str, left: str, before: Said | None) -> str:
    """Complete words that say nothing alone: 户均, 占营收, 亩均增收."""
    if _PER_ONLY.fullmatch(left):
        whole = "".join(whole.split()).strip("，,、")
        if len(left) < len(whole) <= len(left) + 2:
            return whole
    elif not left.startswith("占"):
        return left
    label = before.label if before else None
    return label + left if label and len(label) + len(left) <= LONGEST else left


def _next_has(text: str, draft: Draft) -> bool:
    """Tell whether the words after the unit lead straight to the next number: 212件办复率100%."""
    words = text[draft.end :]
    return 1 < len(words) < _NEAR and words[-1] in "率额值" and bool(_SPEAKS.fullmatch(words))


def _verb(text: str, low: int, high: int) -> str | None:
    """Return a verb that stands alone before the number: 整改 in 排查隐患388处,整改381处."""
    words = _AROUND_VERB.sub("", text[low:high].strip())
    if not 1 < len(words) <= 6 or words in _IDLE or _THAN.match(words):
        return None
    return words if _SPEAKS.fullmatch(words) else None


def _farther(text: str, draft: Draft, dated: int) -> str | None:
    """Return the words of the clause before, where the number's own clause has none."""
    low = max(dated, draft.start - 2 * LONGEST)
    ended = _ENDED.match(text, low, draft.start)
    low = ended.end() if ended else low
    comma = max(text.rfind(mark, low, draft.start) for mark in "，,：:")
    if comma < low:
        return None
    marked = _MARKED.match(text, low, comma)
    low = marked.end() if marked else low
    return _strip(text, low, comma)[0] or None


def _strip(text: str, low: int, high: int) -> tuple[str, bool]:
    """Return the words of ``[low, high)`` without verbs at their ends, and whether one ended it."""
    acted = False
    for _ in range(8):
        while high > low and text[high - 1].isspace():
            high -= 1
        found = TAIL.match(text, high, low)
        if found is None or text[found[0] - 1] in _PART_OF_NOUN.get(text[found[0] : high], ""):
            break
        high, acted = found[0], True
    head = HEAD.match(text, low, high)
    words = text[head.end() if head else low : high]
    words = "".join(words.split()).strip("-—·*#>。.）)】]±")
    if numbered := _NUMBERED.match(words):
        words = words[numbered.end() :]
    words = "" if words.isdigit() else words
    cuts = [cut.end() for cut in _CUT.finditer(words) if cut.end() < len(words) - 1]
    words = words[cuts[-1] :] if cuts else words
    etc = words.rfind("等")
    words = words[etc + 1 :] if 0 <= etc < len(words) - 2 else words
    return words, acted or (head is not None and not words)


def _right(text: str, draft: Draft) -> str | None:
    """Return the noun that follows the unit: 企业 in 216家企业申报."""
    at = draft.end
    if text[at : at + 1] in _AFTER_NOT or _MOVED.match(text, at):
        return None
    found = _NOUN.match(text, at)
    if found is None:
        return None
    stop = _NOUN_STOP.search(text, at, found.end())
    end = stop.start() if stop else found.end()
    if end == at + 1 and text.startswith("均", end):  # 3.6万人人均纯收入
        return None
    return text[at:end] or None
