"""Offsets for readers that count UTF-16 units, as JavaScript and Java do (``offset_unit=utf16``).

Everything here counts code points; an answer is converted on its way out, and only where a
character beyond U+FFFF makes a difference. Quotes stay what they are. What counts in a claim's
own text (``quantity`` of a check) is converted by that text, everything else by the source.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel

from schemas.result import Result
from schemas.span import Span

_T = TypeVar("_T")

OffsetUnit = Literal["code_point", "utf16"]

_LAST_IN_ONE_UNIT: Final = 0xFFFF
_WIDE: Final = re.compile(rb"[\xf0-\xf4]")
"""First byte of a character that takes two units, in UTF-8."""


class Units:
    """Code point offsets of a text to UTF-16 offsets, and back."""

    def __init__(self, text: str) -> None:
        self._wide = (
            []
            if text.isascii() or ord(max(text)) <= _LAST_IN_ONE_UNIT
            else [at for at, char in enumerate(text) if ord(char) > _LAST_IN_ONE_UNIT]
        )
        self._wide_units = [at + index for index, at in enumerate(self._wide)]

    @property
    def same(self) -> bool:
        """Whether both ways of counting agree everywhere in the text."""
        return not self._wide

    def from_points(self, offset: int) -> int:
        """Return a code point offset in UTF-16 units.

        >>> [Units("𠮷田村").from_points(offset) for offset in range(4)]
        [0, 2, 3, 4]
        """
        return offset + bisect_left(self._wide, offset)

    def to_points(self, offset: int) -> int | None:
        """Return a UTF-16 offset in code points, or None inside of a surrogate pair.

        >>> [Units("𠮷田村").to_points(offset) for offset in range(5)]
        [0, None, 1, 2, 3]
        """
        before = bisect_left(self._wide_units, offset)
        if before and self._wide_units[before - 1] + 1 == offset:
            return None
        return offset - before


def in_utf16(body: bytes, source: str, claims: Sequence[str] = ()) -> bytes:
    """Return the JSON of an answer with its offsets in UTF-16 units.

    ``claims`` are the texts of the claims of a verification, whose answer does not repeat them.
    """
    units, claim_units = Units(source), [Units(text) for text in claims]
    if units.same and all(each.same for each in claim_units) and not _WIDE.search(body):
        return body
    answer = json.loads(body)
    if claims:
        for claim, own in zip(answer["claims"], claim_units, strict=True):
            _convert(claim, units, own)
    else:
        _convert(answer, units, units)
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def recount(value: Any, units: Units) -> None:
    """Let every range below ``value`` count UTF-16 units, in place: a part of an answer."""
    if not units.same or _WIDE.search(json.dumps(value, ensure_ascii=False).encode()):
        _convert(value, units, units)


def result_in_utf16(result: Result, source: str) -> Result:
    """Return a result whose ranges count UTF-16 units, for what writes it down as it is.

    It is not validated again: a quote of wide characters is shorter than its range.
    """
    answer = json.loads(in_utf16(result.model_dump_json().encode(), source))
    return _rebuilt(result, answer)


def _rebuilt(value: _T, answer: Any) -> _T:
    """Return ``value`` with the offsets of ``answer``, which has the same form."""
    rebuilt: Any = value
    if isinstance(value, Span):
        rebuilt = Span.model_construct(**answer)
    elif isinstance(value, BaseModel):
        fields = {name: _rebuilt(inner, answer[name]) for name, inner in value}
        if {"start", "end"} <= fields.keys():
            fields |= {"start": answer["start"], "end": answer["end"]}
        rebuilt = value.model_copy(update=fields)
    elif isinstance(value, list):
        rebuilt = [_rebuilt(*both) for both in zip(value, answer, strict=True)]
    return rebuilt  # type: ignore[no-any-return]


def _convert(value: Any, units: Units, claim: Units) -> None:
    """Convert every range below ``value`` in place; ``claim`` counts in the claim at hand."""
    pending: list[tuple[Any, Units, Units]] = [(value, units, claim)]
    while pending:
        value, units, claim = pending.pop()
        if isinstance(value, list):
            pending += [(inner, units, claim) for inner in value]
        elif isinstance(value, dict):
            _convert_range(value, units)
            if isinstance(value.get("text"), str) and "quantities" in value:
                claim = Units(value["text"])
            judged = "verdict" in value and isinstance(value.get("quantity"), dict)
            for name, inner in value.items():
                in_claim = judged and name == "quantity"
                pending.append((inner, claim if in_claim else units, claim))


def _convert_range(value: dict[str, Any], units: Units) -> None:
    if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
        value["start"] = units.from_points(value["start"])
        value["end"] = units.from_points(value["end"])
