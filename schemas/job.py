"""Jobs: work that is asked for now and fetched later, and how far it has come."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from pydantic import Field

from schemas.base import Schema


class JobState(StrEnum):
    """Where a job or a batch stands."""

    QUEUED = "queued"
    """Waiting for a worker."""
    RUNNING = "running"
    """A worker has it."""
    PARTIAL = "partial"
    """Done, but not all of it: some ranges or lines failed, and the result says which."""
    SUCCEEDED = "succeeded"
    """Done."""
    FAILED = "failed"
    """Given up; the error says why."""
    CANCELLED = "cancelled"
    """Stopped because someone asked for it."""

    @property
    def is_final(self) -> bool:
        """Whether nothing will happen any more, unless someone asks for a retry."""
        return self in FINAL


FINAL: Final = frozenset(
    {JobState.PARTIAL, JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED}
)
DONE: Final = frozenset({JobState.PARTIAL, JobState.SUCCEEDED})
"""The final states that come with a result."""


class Progress(Schema):
    """How much of the work is done."""

    done: int = Field(default=0, ge=0, examples=[3])
    total: int | None = Field(default=None, ge=0, examples=[7])
    """Null until it is known."""


class JobError(Schema):
    """Why a job or a line of a batch has no result."""

    type: str = Field(examples=["/problems/engine"])
    """Stable name of the kind of problem; the service explains it at this address."""
    detail: str = Field(examples=["the endpoint failed"])
    """What happened. Never holds report text."""


class Job(Schema):
    """A report that is structured in the background."""

    id: str = Field(examples=["job_5f0c1c3e9a7b4d0e8f2a6b1c"])
    state: JobState = Field(examples=["running"])
    created_at: datetime = Field(examples=["2026-03-02T08:15:30Z"])
    started_at: datetime | None = Field(default=None, examples=["2026-03-02T08:15:31Z"])
    """When a worker last took it."""
    finished_at: datetime | None = None
    attempts: int = Field(default=0, ge=0, examples=[1])
    """How often a worker has taken it; more than one when a worker died or the work failed."""
    progress: Progress = Field(default_factory=Progress)
    """Chunks of the report that are done."""
    result_id: str | None = None
    """Id of the result, once there is one."""
    result: str | None = Field(default=None, examples=["/v1/reports/3b7e0c5d9f1a2b4c"])
    """Where the result can be fetched for as long as it is kept."""
    error: JobError | None = None
    """Why it failed."""
