"""The automatic numbers of a Word document, counted as Word counts them."""

from typing import Any, Final

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL: Final = f"{_W}val"
_HAN: Final = "零一二三四五六七八九"
_CAPITAL: Final = "零壹贰叁肆伍陆柒捌玖"
_DEEPEST: Final = 9
_MOST: Final = 9_999


def han_number(value: int) -> str:
    """Write a number from 1 to 99 in Chinese numerals, larger ones digit by digit.

    >>> [han_number(value) for value in (3, 10, 12, 20, 45, 103)]
    ['三', '十', '十二', '二十', '四十五', '一零三']
    """
    tens, ones = divmod(value, 10)
    if not 0 < value < 100:
        return "".join(_HAN[int(digit)] for digit in str(value))
    return (_HAN[tens] if tens > 1 else "") + ("十" if tens else "") + (_HAN[ones] if ones else "")


def _roman(value: int) -> str:
    pairs = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    written = ""
    for size, sign in pairs:
        count, value = divmod(min(value, 99), size)
        written += sign * count
    return written


def _written(value: int, form: str) -> str:
    """Write a counter in one of Word's formats; unknown ones in Arabic digits."""
    if form.startswith(("chinese", "japaneseCounting", "taiwaneseCounting", "ideographDigital")):
        legal = "Legal" in form
        return "".join(_CAPITAL[int(d)] for d in str(value)) if legal else han_number(value)
    if form.startswith("decimalEnclosedCircle") and value <= 20:
        return chr(ord("①") + value - 1)
    if form.endswith("Letter"):
        letter = chr(ord("a") + (value - 1) % 26)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman"):
        return _roman(value).upper() if form.startswith("upper") else _roman(value)
    return str(value)


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        self._styles: dict[str, tuple[str | None, int | None, str | None]] = {}
        self._counters: dict[str, list[int]] = {}
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering"):
                self._read_levels(relation.target_part.element)
            elif relation.reltype.endswith("/styles"):
                self._read_styles(relation.target_part.element)

    def _read_levels(self, element: Any) -> None:
        for abstract in element.iter(f"{_W}abstractNum"):
            name = abstract.get(f"{_W}abstractNumId", "")
            for level in abstract.iter(f"{_W}lvl"):
                start = _value(level, "start") or "1"
                self._levels[name, _number(level.get(f"{_W}ilvl"))] = (
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    _number(start),
                )
        for number in element.iter(f"{_W}num"):
            self._abstract[number.get(f"{_W}numId", "")] = _value(number, "abstractNumId") or ""

    def _read_styles(self, element: Any) -> None:
        for style in element.iter(f"{_W}style"):
            number, level = _numbered(style.find(f"{_W}pPr"))
            self._styles[style.get(f"{_W}styleId", "")] = number, level, _value(style, "basedOn")

    def label(self, paragraph: Any) -> str:
        """Return the number Word shows before ``paragraph``, empty if it has none."""
        number, level = self._of(paragraph)
        if number is None or number == "0":
            return ""
        name = self._abstract.get(number, "")
        level = min(level or 0, _DEEPEST - 1)
        form, pattern, start = self._levels.get((name, level), ("none", "", 1))
        counters = self._counters.setdefault(name, [0] * _DEEPEST)
        counters[level] = min((counters[level] or start - 1) + 1, _MOST)
        counters[level + 1 :] = [0] * (_DEEPEST - level - 1)
        if form == "bullet":
            return "• "
        for deeper in range(level + 1):
            form, _, start = self._levels.get((name, deeper), ("decimal", "", 1))
            shown = _written(max(counters[deeper] or start, 1), form) if form != "none" else ""
            pattern = pattern.replace(f"%{deeper + 1}", shown)
        return pattern

    def _of(self, paragraph: Any) -> tuple[str | None, int | None]:
        """Find the numbering of a paragraph: its own, or that of its style."""
        properties = paragraph.find(f"{_W}pPr")
        number, level = _numbered(properties)
        style = _value(properties, "pStyle") if properties is not None else None
        for _ in range(_DEEPEST):
            if number is not None or style is None:
                break
            number, inherited, style = self._styles.get(style, (None, None, None))
            level = inherited if level is None else level
        return number, level


def _numbered(properties: Any) -> tuple[str | None, int | None]:
    found = properties.find(f"{_W}numPr") if properties is not None else None
    if found is None:
        return None, None
    level = _value(found, "ilvl")
    return _value(found, "numId"), None if level is None else _number(level)


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{_W}{name}")
    value = None if child is None else child.get(_VAL)
    return None if value is None else str(value)


def _number(text: str | None) -> int:
    return min(int(text), _MOST) if text and text.isascii() and text.isdigit() else 0
