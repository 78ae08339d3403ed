"""Where sentences end, for a reader that goes through a text from left to right."""

import re
from functools import cache


@cache
def _any(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{marks}]")


class Marks:
    """The marks of a text that end something."""

    def __init__(self, text: str, marks: str) -> None:
        self._ends = [found.end() for found in _any(marks).finditer(text)]
        self._ends.append(len(text) + 1)
        self._next = 0
        self._last = 0

    def before(self, place: int) -> int:
        """Return where the last mark before ``place`` ends; places must not decrease.

        >>> marks = Marks("一。二。三", "。")
        >>> marks.before(1), marks.before(3), marks.before(4)
        (0, 2, 4)
        """
        while self._ends[self._next] <= place:
            self._last = self._ends[self._next]
            self._next += 1
        return self._last
