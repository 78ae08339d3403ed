"""Units: what stands after a number, and what kind of thing it measures.

The table is ``units.txt`` beside this module; a unit is one line of it.
"""

import re
from dataclasses import dataclass
from importlib.resources import files

from schemas.quantity import QuantityType


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of the table."""

    name: str
    type: QuantityType
    chinese: bool = True
    """Whether it may follow a Chinese numeral."""
    mask: bool = True
    """Whether it may follow a mask."""


@dataclass(frozen=True, slots=True)
class Match:
    """A unit found in a text: compound ones (元/平方米) are written as found."""

    unit: str
    type: QuantityType
    end: int
    chinese: bool
    mask: bool


_PER = re.compile(
    r"\s?/\s?[十百千万亿]{0,2}(?:平方米|平方公里|立方米|标准立方米|公里|公顷|千人|万人|人次|人|户|亩"
    r"|吨标准煤|吨|公斤|千克|斤|升|毫升|平米|平方|立方|方|标箱|箱|元|个|件|辆|台|套|床|班次|班|次|例|头|只|张|股|年|个?月|周|天|日|小时"
    r"|分钟|秒|千瓦时|千瓦|度|m²|m2|m³|m3|kg|km|kWh|h|s|d|L|t)(?:\s?[·•・/]\s?(?:人|月|年|天|日|次|户))?"
)
"""What may follow a unit as its per-part: 件/万人, 元/人·月. A scale here belongs to the unit."""


def _guard(before: str) -> str:
    """Return the look-ahead for a last column of the table."""
    unless: dict[str, str] = {}
    for first, second in re.findall(r"(.)!(.)", before):
        unless[first] = unless.get(first, "") + second
    pairs = re.findall(r"(.)\+(.)", before)
    plain = re.sub(r".[!+].", "", before)
    return (
        (f"(?![{plain}])" if plain else "")
        + "".join(f"(?!{first}(?![{seconds}]))" for first, seconds in unless.items())
        + "".join(f"(?!{first}{second})" for first, second in pairs)
    )


def _read_table() -> tuple[dict[str, Unit], dict[str, re.Pattern[str]]]:
    units: dict[str, Unit] = {}
    guards: dict[str, str] = {}
    kind = QuantityType.COUNT
    table = files("groundwork.quantities").joinpath("units.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line.startswith("["):
            kind = QuantityType(line.strip("[]"))
        elif line and not line.startswith("#"):
            name, flags, before = line.split()
            units[name] = Unit(name, kind, "c" in flags, "m" in flags)
            guards[name] = "" if before == "-" else before
    by_first: dict[str, list[str]] = {}
    for name in units:
        by_first.setdefault(name[0], []).append(name)
    patterns = {}
    for first, names in by_first.items():
        branches = []
        for name in sorted(names, key=len, reverse=True):
            guard = _guard(guards[name])
            if name[-1].isascii() and name[-1].isalnum():
                guard += "(?![A-Za-z0-9])"
            branches.append(re.escape(name) + guard)
        patterns[first] = re.compile("|".join(branches))
    return units, patterns


UNITS, _BY_FIRST = _read_table()


def match(text: str, at: int) -> Match | None:
    """Return the longest unit that begins at ``at``, its per-part included.

    >>> match("5件/万人", 1).unit, match("3家庭", 1)
    ('件/万人', None)
    """
    pattern = _BY_FIRST.get(text[at : at + 1])
    found = pattern.match(text, at) if pattern else None
    if found is None:
        return None
    unit = UNITS[found[0]]
    after = text[found.end() : found.end() + 1]
    per = _PER.match(text, found.end()) if after == "/" or after.isspace() else None
    if per is None:
        return Match(unit.name, unit.type, found.end(), unit.chinese, unit.mask)
    whole = unit.name + per[0].replace(" ", "")
    return Match(whole, QuantityType.OTHER, per.end(), unit.chinese, mask=True)
