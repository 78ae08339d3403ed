"""The one error body of the whole service: problem details as in RFC 9457."""

import re

from pydantic import Field

from schemas.base import Schema


class FieldProblem(Schema):
    """What is wrong at one place of the body."""

    pointer: str = Field(examples=["/claims/0/text"])
    """JSON Pointer (RFC 6901) to the place; empty for the whole body."""
    detail: str = Field(examples=["Field required"])


class Problem(Schema):
    """What went wrong, for programs (``type``) and for people in two languages."""

    type: str = Field(examples=["/problems/empty-text"])
    """Stable name of the kind of problem; the service explains it at this address."""
    title: str = Field(examples=["The text is empty"])
    """The kind of problem in English; the same for each ``type``."""
    zh: str = Field(examples=["文本为空。请提供报告正文。"])
    """The kind of problem in Chinese, and what to do."""
    status: int = Field(ge=400, le=599, examples=[422])
    """The HTTP status of the answer."""
    detail: str = Field(examples=["the text is empty or nothing but white space"])
    """What happened this time. Never holds report text."""
    errors: list[FieldProblem] | None = None
    """Places of the body that do not fit; null when the problem has no place."""
    request_id: str | None = Field(default=None, examples=["5f0c1c3e9a7b4d0e8f2a6b1c"])
    """As in the header X-Request-Id and in the log."""


class ProblemType(Schema):
    """A kind of problem, explained."""

    type: str = Field(examples=["/problems/empty-text"])
    title: str = Field(examples=["The text is empty"])
    zh: str = Field(examples=["文本为空。请提供报告正文。"])
    status: int = Field(ge=400, le=599, examples=[422])


def type_of(error: type[Exception]) -> str:
    """Return the ``type`` that names an error class, the same in every interface.

    >>> class EmptyTextError(Exception): ...
    >>> type_of(EmptyTextError)
    '/problems/empty-text'
    """
    words = re.findall("[A-Z][a-z]+", error.__name__.removesuffix("Error"))
    return "/problems/" + "-".join(words).lower()
