"""Read the fields of an annotated quantity off its own words.

The annotator marks where a quantity stands; what can be read off the words (150亿元 is
15000000000 元) is filled in here, and whatever reads wrongly is overruled in the markup. This
is deliberately not ``groundwork.quantities``: a benchmark must not ask the code it measures.
"""

import re
from decimal import Decimal
from typing import Final

_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_TYPES: Final = {
    "money": "元 美元 港元 欧元 元/人 元/亩 元/月",
    "percent": "% ‰ 成",
    "percentage_point": "个百分点 百分点",
    "area": "亩 平方米 平方公里 公顷 平米",
    "length": "公里 米 千米 里 毫米",
    "weight": "吨 公斤 千克 斤",
    "volume": "立方米 方 升",
    "energy": "千瓦时 度 吨标准煤 千瓦",
    "multiple": "倍",
    "duration": "年 个月 天 小时 分钟 个工作日 工作日 日 周 秒",
    "other": "岁 分 千伏 微克/立方米 ℃",
}
_TYPE_OF_UNIT: Final = {unit: name for name, units in _TYPES.items() for unit in units.split()}
_BEFORE: Final = {
    "approx": ("约", "将近", "接近", "近", "上"),
    "more_than": ("突破", "超过", "超", "逾", "多于", "高于"),
    "at_least": ("不低于", "不少于", "至少"),
    "at_most": ("不超过", "不高于", "最多"),
    "less_than": ("不足", "不到", "低于", "少于"),
}
_AFTER: Final = {
    "approx": ("左右", "上下"),
    "at_least": ("以上", "及以上"),
    "at_most": ("以内", "以下"),
}
_CHANGES: Final = {
    "increase": ("增长", "增加", "上升", "提高", "提升", "新增", "净增", "增"),
    "decrease": ("下降", "减少", "降低", "压降", "压减", "缩短", "减", "降"),
}
_MASK: Final = re.compile(r"[xX×*_○]+")
_DATE: Final = re.compile(
    r"[0-9xX*×_-]{2,9}年(?:度|底|末|初|上半年|下半年)?$|.*年.*月|[0-9xX*一二三四五六七八九十—-]{1,7}月"
    r"|[上下]半年$|[一二三四]季度|二〇"
)
_DATE_MASK: Final = re.compile(r"[xX×*_]|[0-9]-年|^-|--")
_NUMBER: Final = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_RANGE: Final = re.compile(r"(?<=[0-9%])(?:-|—|~|至|到)(?=[0-9])")


def type_of(unit: str) -> str:
    """Return what a unit measures; measure words count.

    >>> type_of("亿元".removeprefix("亿")), type_of("家")
    ('money', 'count')
    """
    return _TYPE_OF_UNIT.get(unit, "count")


def read(quote: str) -> dict[str, object]:
    """Return type, value, upper, unit, masked, qualifier and change of a quantity's words.

    >>> read("约150亿元")["value"], read("80余个")["qualifier"], read("xx.x%")["masked"]
    (15000000000, 'more_than', True)
    >>> [read("10%-15%")[key] for key in ("value", "upper", "unit")]
    [10, 15, '%']
    """
    fields: dict[str, object] = {
        "type": "count",
        "value": None,
        "upper": None,
        "unit": None,
        "masked": False,
        "qualifier": "exact",
        "change": None,
    }
    if _DATE.match(quote):
        return fields | {"type": "date", "masked": bool(_DATE_MASK.search(quote))}
    core, fields["qualifier"] = _strip_bounds(re.sub(r"\s", "", quote))
    if core.startswith(("第", "首位", "榜首")):
        return fields | _rank(core)
    parts = _RANGE.split(core)
    if len(parts) == 2:
        low, high = _amount(parts[0]), _amount(parts[1])
        unit = high["unit"]
        fields |= {"value": low["value"], "upper": high["value"], "unit": unit}
        if isinstance(low["value"], int | float) and low["scale"] == 1:
            fields["value"] = _plain(Decimal(str(low["value"])) * int(str(high["scale"])))
        return fields | {"type": _TYPE_OF_UNIT.get(str(unit), "count")}
    amount = _amount(core)
    fields |= {key: amount[key] for key in ("value", "unit", "masked")}
    if amount["more"]:
        fields["qualifier"] = "more_than"
    if amount["unit"] is None and int(str(amount["scale"])) >= 10**4:
        return fields | {"type": "money"}
    return fields | {"type": _TYPE_OF_UNIT.get(str(amount["unit"]), "count")}


def number(digits: str) -> int | float | None:
    """Return a number written in a flag; ``none`` is no number."""
    return None if digits == "none" else _plain(Decimal(digits))


def change_before(words: str) -> str | None:
    """Tell the direction from the words right before a quantity.

    >>> change_before("产值同比增长"), change_before("达到")
    ('increase', None)
    """
    for change, verbs in _CHANGES.items():
        if words.endswith(verbs):
            return change
    clause = re.split(r"[,，。；;、:：0-9]", words)[-1]
    return "increase" if "新增" in clause or "净增" in clause else None


def _strip_bounds(quote: str) -> tuple[str, str]:
    for qualifier, words in _BEFORE.items():
        for word in words:
            if quote.startswith(word):
                return quote.removeprefix(word), qualifier
    for qualifier, words in _AFTER.items():
        for word in sorted(words, key=len, reverse=True):
            if quote.endswith(word):
                return quote.removesuffix(word), qualifier
    return quote, "exact"


def _rank(core: str) -> dict[str, object]:
    body = core.removeprefix("第")
    if body in {"首位", "榜首"}:
        return {"type": "rank", "value": 1}
    unit = body[-1] if body[-1] in "位名家个" else None
    digits = body.removesuffix(unit or "")
    if _MASK.fullmatch(digits):
        return {"type": "rank", "unit": unit, "masked": True}
    return {"type": "rank", "unit": unit, "value": _plain(_chinese(digits))}


def _amount(core: str) -> dict[str, object]:
    """Split number, 余/多, scale and unit; a number without digits or numerals is masked."""
    core = core.replace("％", "%")
    number = _NUMBER.match(core)
    mask = re.match(r"[xX×*_○0-9.,]*[xX×*_○][xX×*_○0-9.,]*|\.(?=[万亿%])", core)
    value: Decimal | None = None
    rest = core
    if mask:
        rest = core[mask.end() :]
    elif number:
        value, rest = Decimal(number.group().replace(",", "")), core[number.end() :]
    elif words := re.match(r"[零〇一二三四五六七八九两十百千万亿]+", core):
        value, rest = _chinese(words.group()), core[words.end() :]
        if not any(char in words.group() for char in _DIGITS) and "十" not in words.group():
            value = Decimal(1) * _chinese("一" + words.group())
    masked = bool(mask)
    more, scale = False, 1
    while rest and (rest[0] in "余多来" or (rest[0] in _SCALES and not rest.startswith("千瓦"))):
        if rest[0] in _SCALES and rest[0] != "十":
            scale *= _SCALES[rest[0]]
        more, rest = more or rest[0] in "余多来", rest[1:]
    rest = rest.removeprefix("人民币")
    if value is None and not masked and scale > 1:
        masked = True  # a scale whose digits were stripped
    unit = rest or None
    if unit == "成":
        value, unit = (None if value is None else value * 10), "%"
    return {
        "value": None if value is None else _plain(value * scale),
        "unit": unit,
        "masked": masked or (value is None and scale == 1),
        "more": more,
        "scale": scale,
    }


def _chinese(words: str) -> Decimal:
    """Read a Chinese numeral: 三十六, 一百二十, 两千, 四万五千."""
    if words.isdigit() and words.isascii():
        return Decimal(words)
    total = section = digit = 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
            continue
        scale = _SCALES[char]
        if scale >= 10**4:
            total = (total + section + digit) * scale
            section = digit = 0
        else:
            section += (digit or 1) * scale
            digit = 0
    return Decimal(total + section + digit)


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
