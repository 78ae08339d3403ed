"""Which year a report is of, and whether a number is of another one, or of a part of it."""

import re
from typing import Final

from schemas.quantity import Quantity
from schemas.result import Result

_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_EARLIER: Final = re.compile("去年|上年|上一年|前年|往年")
_PART: Final = re.compile("[上下]半年|季度?|(?<!\\d)(?:[1-9]|1[01])月(?!.*12月)")
"""Words for less than a year; from January to December is all of it."""


def year_of(result: Result) -> int | None:
    """Return the one year that the reports of an upload are of; None when there is none."""
    years = {report.period for report in result.reports if report.period}
    found = _YEAR.fullmatch(years.pop()) if len(years) == 1 else None
    return int(found[1]) if found else None


def clashes(quantity: Quantity, year: int | None) -> bool:
    """Whether the words that govern a number name another year."""
    period = quantity.period
    if not period:
        return False
    if _EARLIER.search(period):
        return True
    named = {int(found) for found in _YEAR.findall(period)}
    return bool(named) and year is not None and year not in named


def is_of_a_part(quantity: Quantity) -> bool:
    """Whether a number covers a part of its year only: 1—11月, 前三季度, 截至10月底."""
    return bool(quantity.period and _PART.search("".join(quantity.period.split())))


def consecutive(last: int | None, this: int | None) -> bool:
    """Whether nothing speaks against the one following the other.

    >>> consecutive(2022, 2023), consecutive(2022, 2024), consecutive(None, 2024)
    (True, False, True)
    """
    return last is None or this is None or this == last + 1
