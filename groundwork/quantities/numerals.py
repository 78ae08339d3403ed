"""What a written number is worth: Arabic, full-width, Chinese, capital and mixed numerals."""

import re
from decimal import Decimal

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
CAPITALS = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟圆", "一二二三三四五六六七八九十百千元")
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
SHORT = {"廿": "二十", "卅": "三十"}
FOLD = str.maketrans(
    "０１２３４５６７８９．﹒％﹪，萬億兩點負−－﹣",
    "0123456789..%%,万亿两点负---",
)
"""Full-width and Traditional forms, one character for one, so that offsets stay."""

_CHINESE = "零〇○一二三四五六七八九两十百千万亿"
_ARABIC = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_PLAIN = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,19})?")
_TOKEN = re.compile(rf"\d+(?:\.\d+)?|[{_CHINESE}]")
_POINT = re.compile(rf"([{_CHINESE}]+)点([零〇○一二三四五六七八九]+)([十百千万亿]*)")
_LONGEST = 40
"""A run of more characters than this is an identifier, not an amount."""


def parse(text: str) -> Decimal | None:
    """Return the value of a numeral, or None where the text is not one.

    A percentage in words gives the number that would stand before the sign.

    >>> [str(parse(t)) for t in ("3.5万", "一千二百", "１，２８０", "百分之三点二", "二〇二三")]
    ['35000.0', '1200', '1280', '3.2', '2023']
    """
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    text = text.strip().translate(FOLD)
    if not text or len(text) > _LONGEST:
        return None
    if text[0] in "-负":
        value = parse(text[1:]) if len(text) > 1 and text[1] not in "-负" else None
        return None if value is None else -value
    if text.startswith("百分之"):
        return parse(text[3:])
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", "").replace(" ", ""))
    return _worded(_ARABIC.sub(_plain, text).translate(CAPITALS))


def _plain(number: re.Match[str]) -> str:
    """Leave out the thousand separators."""
    return number[0].replace(",", "").replace(" ", "")


def adjacent(text: str) -> tuple[Decimal, Decimal] | None:
    """Read two neighbouring digits as the range they mean: 两三, 七八, 三四百, 十五六.

    >>> adjacent("三四百")
    (Decimal('300'), Decimal('400'))
    """
    for at in range(len(text) - 1):
        low, high = DIGITS.get(text[at]), DIGITS.get(text[at + 1])
        if low and high and high - low == 1:
            ends = parse(text[: at + 1] + text[at + 2 :]), parse(text[:at] + text[at + 1 :])
            if ends[0] is not None and ends[1] is not None and ends[0] < ends[1]:
                return ends[0], ends[1]
            return None
    return None


def _worded(text: str) -> Decimal | None:
    """Read a numeral that holds Chinese characters."""
    for short, written in SHORT.items():
        text = text.replace(short, written)
    if match := _POINT.fullmatch(text):
        whole = _scaled(match[1])
        if whole is None:
            return None
        value = whole + Decimal("0." + "".join(str(DIGITS[c]) for c in match[2]))
        for scale in match[3]:
            value *= SCALES[scale]
        return value
    return _scaled(text)


def _scaled(text: str) -> Decimal | None:
    """Add up digits and scales: 一亿二千万, 3千万, 一百零五, 一百五 and digit by digit 二〇二三."""
    tokens = _TOKEN.findall(text)
    if not tokens or "".join(tokens) != text:
        return None
    if len(tokens) > 1 and all(token in DIGITS for token in tokens):
        return Decimal("".join(str(DIGITS[token]) for token in tokens))
    return _Sum().read(tokens)


class _Sum:
    """A numeral being read from left to right."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.section = Decimal(0)
        self.digit: Decimal | None = None
        self.scale = 0
        """The scale just read, for 一百五, which means 150."""
        self.below = 10**4
        """Scales within a section must fall: 一百二千 is no number."""

    def read(self, tokens: list[str]) -> Decimal | None:
        for at, part in enumerate(tokens):
            if part in SCALES:
                fits = self._add_scale(SCALES[part], first=at == 0)
            else:
                fits = self._add_digit(part)
            if not fits:
                return None
        if self.digit is not None and self.scale >= 100:
            self.digit *= self.scale // 10
        return self.total + self.section + (self.digit or 0)

    def _add_digit(self, part: str) -> bool:
        if part in "零〇○":
            self.scale = 0
            if self.digit is None:
                self.digit = None if self.total or self.section else Decimal(0)
                return True
            return False
        if self.digit:
            return False
        if part not in DIGITS:
            self.scale = 0
        self.digit = Decimal(DIGITS[part]) if part in DIGITS else Decimal(part)
        return True

    def _add_scale(self, scale: int, *, first: bool) -> bool:
        if scale < 10**4:
            if scale >= self.below or (self.digit is None and not first and scale != 10):
                return False
            self.section += (1 if self.digit is None else self.digit) * scale
            self.below = scale
        else:
            amount = self.section + (self.digit or 0)
            if scale == 10**8:
                amount += self.total
                self.total = Decimal(0)
            if not amount and self.digit is None and not first:
                return False
            self.total += (1 if first else amount) * scale
            self.section = Decimal(0)
            self.below = 10**4
        self.digit, self.scale = None, scale
        return True
