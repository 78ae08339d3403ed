"""Batches: many reports sent as lines, each answered by one line, in the shape others know."""

from datetime import datetime
from typing import Any

from pydantic import Field

from schemas.base import Schema
from schemas.job import JobState
from schemas.requests import TextRequest


class BatchLine(Schema):
    """One line of a batch: a report and the sender's own name for it."""

    custom_id: str = Field(min_length=1, max_length=255, examples=["2023-000117"])
    """Comes back beside the result. No two lines may have the same."""
    body: TextRequest


class BadLine(Schema):
    """A line that is no request: it is left out, the others are not."""

    line: int = Field(ge=1, examples=[17])
    """Its number in what was sent, counted from 1, blank lines included."""
    detail: str = Field(examples=["/custom_id: Field required"])


class BatchCounts(Schema):
    """What became of the lines; ``total`` is the sum of the others."""

    total: int = Field(ge=0, examples=[300])
    """Lines that were sent, blank ones left out."""
    waiting: int = Field(default=0, ge=0, examples=[120])
    """Without an answer yet."""
    succeeded: int = Field(default=0, ge=0, examples=[178])
    failed: int = Field(default=0, ge=0, examples=[1])
    rejected: int = Field(default=0, ge=0, examples=[1])
    """No requests at all: ``bad_lines`` names them."""
    cancelled: int = Field(default=0, ge=0, examples=[0])


class Batch(Schema):
    """Many reports, structured in the background."""

    id: str = Field(examples=["batch_5f0c1c3e9a7b4d0e8f2a6b1c"])
    state: JobState = Field(examples=["running"])
    """``partial``: done, but some lines failed. ``failed``: all of them did."""
    created_at: datetime = Field(examples=["2026-03-02T08:15:30Z"])
    finished_at: datetime | None = None
    counts: BatchCounts
    bad_lines: list[BadLine] = Field(default_factory=list)
    """The first hundred lines that are no requests."""
    results: str = Field(examples=["/v1/batches/batch_5f0c1c3e9a7b4d0e8f2a6b1c/results"])
    """Where the answers are: those there are so far, and all of them in the end."""


class BatchResponse(Schema):
    """The answer that the line would have had as a request of its own."""

    status_code: int = Field(examples=[200])
    request_id: str
    body: dict[str, Any]
    """A Result, or a Problem."""


class BatchError(Schema):
    """Why a line was not answered at all."""

    code: str = Field(examples=["cancelled"])
    message: str = Field(examples=["the batch was cancelled before this line was done"])


class BatchAnswer(Schema):
    """One line of the results: either ``response`` or ``error`` is null."""

    id: str = Field(examples=["batch_5f0c1c3e9a7b4d0e8f2a6b1c-17"])
    custom_id: str | None = Field(examples=["2023-000117"])
    """Null when the line was no request."""
    response: BatchResponse | None = None
    error: BatchError | None = None
