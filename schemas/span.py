"""A range of the source text, and the characters it holds."""

from pydantic import Field, model_validator

from schemas.base import Schema


class Span(Schema):
    """Exact characters of the source: ``source[start:end] == quote``, always.

    Offsets are half-open and count Unicode code points of the source text (an index into a
    Python ``str``). Readers that count UTF-16 units convert.
    """

    start: int = Field(ge=0, examples=[12])
    """First code point, inclusive."""
    end: int = Field(gt=0, examples=[19])
    """One past the last code point, exclusive."""
    quote: str = Field(min_length=1, examples=["约150亿元"])
    """The source's own characters, noise included."""

    @model_validator(mode="after")
    def _length_matches(self) -> "Span":
        if self.end - self.start != len(self.quote):
            raise ValueError("end - start is not the length of quote")
        return self
