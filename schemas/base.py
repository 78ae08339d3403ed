"""What all schemas share: immutable values that refuse unknown fields."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer, WithJsonSchema


class Schema(BaseModel):
    """A value: frozen, compared by content, strict about what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def plain_decimal(value: Decimal) -> str:
    """Write a decimal in full, without exponent or trailing zeros.

    >>> plain_decimal(Decimal("1.50E+3")), plain_decimal(Decimal("3.20"))
    ('1500', '3.2')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


DecimalString = Annotated[
    Decimal,
    PlainSerializer(plain_decimal, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}),
]
"""An exact decimal that crosses JSON as a string, so that no reader rounds it."""
