"""The form of an answer: items of a kind, the sentences they rest on, and seldom a text.

Most statements are whole sentences, so an item without text says "these sentences as they
stand"; that keeps answers short and leaves nothing to copy wrongly. There are no offsets and no
computed values. Two item forms instead of one optional field, because strict decoders want every
property of a form to be there.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from schemas.result import Kind

_MOST_CITED: Final = 20
MAX_TEXT: Final = 2_000
"""Longest wording of one item in characters: no statement of a report is longer."""


class WholeItem(BaseModel):
    """The cited sentences, as they stand."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Whole")

    kind: Kind
    sentences: list[int] = Field(min_length=1)


class PartItem(BaseModel):
    """A part of the cited sentences, in the report's own words."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Part")

    kind: Kind
    sentences: list[int] = Field(min_length=1)
    text: str


class Answer(BaseModel):
    """What the model is held to where the endpoint can hold it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    items: list[WholeItem | PartItem]


class Item(BaseModel):
    """One item as we read it: tolerant of what a loosely held model adds, strict about meaning.

    Validated with ``context={"known": range}``, the sentence numbers that were shown.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: Kind
    sentences: tuple[int, ...] = Field(min_length=1)
    text: str | None = Field(default=None, max_length=MAX_TEXT)

    @field_validator("kind", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("sentences", mode="before")
    @classmethod
    def _as_list(cls, value: object) -> object:
        return [value] if isinstance(value, int) else value

    @field_validator("sentences")
    @classmethod
    def _known(cls, value: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        known = (info.context or {}).get("known")
        strangers = [n for n in value if known is not None and n not in known]
        if strangers:
            raise ValueError(f"材料中没有第{strangers[0]}句")
        return tuple(sorted(set(value)))

    @field_validator("text")
    @classmethod
    def _not_blank(cls, value: str | None) -> str | None:
        return value.strip() or None if value is not None else None


@dataclass(frozen=True, slots=True)
class Misread:
    """An item of an answer that is none of ours, and why: for the re-ask and for the refusal."""

    raw: Mapping[str, Any]
    reason: str

    @property
    def kind(self) -> Kind | None:
        """The kind it named, if that much can be read."""
        try:
            return Kind(str(self.raw.get("kind")).strip().lower())
        except ValueError:
            return None

    @property
    def text(self) -> str:
        """The wording it gave, cut to what a statement may have."""
        text = self.raw.get("text")
        if not isinstance(text, str):
            return ""
        return text[:MAX_TEXT].encode(errors="ignore").decode()  # JSON may hold half characters.

    @property
    def cited(self) -> list[int]:
        """The sentence numbers it named, as far as they are numbers; not all need exist."""
        named = self.raw.get("sentences")
        numbers = named if isinstance(named, list) else [named]
        return [number for number in numbers[:_MOST_CITED] if isinstance(number, int)]


def read_items(raw: Sequence[object], known: Container[int]) -> tuple[list[Item], list[Misread]]:
    """Validate each item by itself, so that one bad item costs no other.

    >>> good, bad = read_items([{"kind": "plan", "sentences": [2]}, {"kind": "plan",
    ...     "sentences": [9]}], range(1, 4))
    >>> good[0].sentences, bad[0].reason
    ((2,), '材料中没有第9句')
    """
    good: list[Item] = []
    bad: list[Misread] = []
    for entry in raw:
        fields = entry if isinstance(entry, Mapping) else {}
        try:
            good.append(Item.model_validate(fields, context={"known": known}))
        except ValidationError as error:
            bad.append(Misread(fields, _reason(error)))
    return good, bad


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    field = str(first["loc"][0]) if first["loc"] else "items"
    if field == "kind":
        return "kind 不是四类之一"
    if first["type"] == "value_error":
        return str(first["ctx"]["error"])
    return "sentences 不是句子编号的列表" if field == "sentences" else f"{field} 不合格式"
