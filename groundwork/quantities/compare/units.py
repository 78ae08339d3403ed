"""Units that mean the same, as data: a synonym or a multiple is one line.

Only exact equivalences stand here. 家, 个 and 项, or 人 and 名, are left apart on purpose: a
claim that swaps measure words is refused, and its writer can keep the source's.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Final

from groundwork.text.clean.script import simplified

_ONE: Final = Decimal(1)

_FOLDED: Final = {ord("（"): "(", ord("）"): ")", ord("／"): "/"}
_BASES: Final[dict[str, tuple[str, Decimal]]] = {
    "％": ("%", _ONE),
    "百分点": ("个百分点", _ONE),
    "km": ("米", Decimal(1000)),
    "公里": ("米", Decimal(1000)),
    "千米": ("米", Decimal(1000)),
    "m": ("米", _ONE),
    "厘米": ("米", Decimal("0.01")),
    "毫米": ("米", Decimal("0.001")),
    "平方": ("平方米", _ONE),
    "平米": ("平方米", _ONE),
    "㎡": ("平方米", _ONE),
    "m2": ("平方米", _ONE),
    "m²": ("平方米", _ONE),
    "公顷": ("平方米", Decimal(10_000)),
    "平方公里": ("平方米", Decimal(1_000_000)),
    "平方千米": ("平方米", Decimal(1_000_000)),
    "km2": ("平方米", Decimal(1_000_000)),
    "km²": ("平方米", Decimal(1_000_000)),
    "方": ("立方米", _ONE),
    "立方公里": ("立方米", Decimal(1_000_000_000)),
    "立方": ("立方米", _ONE),
    "m3": ("立方米", _ONE),
    "m³": ("立方米", _ONE),
    "克": ("公斤", Decimal("0.001")),
    "千克": ("公斤", _ONE),
    "kg": ("公斤", _ONE),
    "斤": ("公斤", Decimal("0.5")),
    "吨": ("公斤", Decimal(1000)),
    "度": ("千瓦时", _ONE),
    "kwh": ("千瓦时", _ONE),
    "kw": ("千瓦", _ONE),
    "kv": ("千伏", _ONE),
    "元人民币": ("元", _ONE),
    "人民币": ("元", _ONE),
    "人民币元": ("元", _ONE),
    "美金": ("美元", _ONE),
    "工作日": ("个工作日", _ONE),
    "小时": ("个小时", _ONE),
    "日": ("天", _ONE),
}


@lru_cache(maxsize=4096)
def in_base(unit: str | None) -> tuple[str | None, Decimal]:
    """Return the unit that ``unit`` is a name or an exact multiple of, and the factor.

    >>> in_base("公里"), in_base("家"), in_base("平方公裏")[0]
    (('米', Decimal('1000')), ('家', Decimal('1')), '平方米')
    """
    if unit is None:
        return None, _ONE
    unit = simplified(unit)
    if unit not in _BASES and unit.isalpha() and not unit.isascii():
        return unit, _ONE
    folded = "".join(unit.split()).translate(_FOLDED).lower()
    return _BASES.get(folded, (folded, _ONE))
