"""What a report says against itself: told to its reader, never a reason to refuse."""

from enum import StrEnum

from pydantic import Field

from schemas.base import Schema
from schemas.span import Span
from schemas.verdict import Explanation


class FindingKind(StrEnum):
    """In what the numbers of one report do not fit each other."""

    SHARE = "share"
    """A share or rate that its own part and whole do not give."""
    SUM = "sum"
    """Parts that are more than the total they are listed for, or miss it by a hair."""
    CHANGE = "change"
    """A growth rate or difference that its own two values do not give."""
    CONFLICT = "conflict"
    """The same indicator with two values."""
    REWRITTEN = "rewritten"
    """A number that site software has rewritten: 62023.6 where its neighbours say 620."""


class Finding(Schema):
    """One contradiction, with its spans and its arithmetic."""

    kind: FindingKind = Field(examples=["share"])
    message: Explanation
    """One sentence that quotes the numbers, in two languages."""
    spans: list[Span] = Field(min_length=1)
    """The numbers involved, in text order."""
    arithmetic: str = Field(examples=["955 / 1252 = 76.28%"])
    """The sum that shows it."""
