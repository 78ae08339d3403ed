"""The run: so many reports at a time, each settled in the journal the moment it is done."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from groundwork.batch.entries import Entry
from groundwork.batch.journal import Journal, Settled
from groundwork.batch.sending import Answered, ServerError, Structurer, reason
from groundwork.errors import GroundworkError


@dataclass(slots=True)
class Tally:
    """How the run goes."""

    total: int
    done: int = 0
    resumed: int = 0
    """Settled by an earlier run."""
    cached: int = 0
    """The server had them already."""
    failed: int = 0
    tokens: int = 0
    """Spent on a model in this run."""
    verdicts: Counter[str] = field(default_factory=Counter)
    """Of the numbers of this run's reports."""

    @property
    def settled(self) -> int:
        """Return how many need no more work."""
        return self.done + self.resumed + self.failed


class Watcher(Protocol):
    """Whoever shows how the run goes."""

    def show(self, tally: Tally) -> None:
        """Show it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A report of the run and what became of it."""

    entry: Entry
    settled: Settled


async def run(
    entries: Sequence[Entry],
    structurer: Structurer,
    journal: Journal,
    watcher: Watcher,
    at_once: int,
) -> list[Outcome]:
    """Settle every entry and return them in their order. Cancelled, it leaves the rest undone.

    Raises OSError when the journal cannot be written.
    """
    tally = Tally(len(entries))
    outcomes: list[Outcome | None] = [None] * len(entries)
    waiting: Iterator[tuple[int, Entry]] = iter(enumerate(entries))

    async def work() -> None:
        for place, entry in waiting:  # shared: each takes the next
            settled = await _settle(entry, structurer, journal, tally)
            outcomes[place] = Outcome(entry, settled)
            watcher.show(tally)

    watcher.show(tally)
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(at_once, max(len(entries), 1))):
                group.create_task(work())
    except ExceptionGroup as errors:  # what stopped one has stopped all; the first says why
        raise errors.exceptions[0] from None
    return [outcome for outcome in outcomes if outcome is not None]


async def _settle(entry: Entry, structurer: Structurer, journal: Journal, tally: Tally) -> Settled:
    try:
        data = await asyncio.to_thread(entry.load)
    except GroundworkError as error:
        tally.failed += 1
        return journal.fail(journal.key_of(entry.name, b""), entry.name, reason(error))
    key = journal.key_of(entry.name, data)
    known = journal.find(key)
    if known is not None:
        tally.resumed += 1
        return known
    try:
        answered = await structurer.structure(data, entry.filename)
        _count(answered, tally)
    except GroundworkError as error:
        tally.failed += 1
        return journal.fail(key, entry.name, reason(error))
    tally.done += 1
    return journal.succeed(key, entry.name, answered.body)


def _count(answered: Answered, tally: Tally) -> None:
    """Look at as much of a result as the progress shows. Raises ServerError if it is none."""
    try:
        result = _Glance.model_validate_json(answered.body)
    except ValidationError:
        raise ServerError("the answer is no result: is this a Groundwork server?") from None
    for report in result.reports:
        for item in report.items:
            tally.verdicts.update(check.verdict for check in item.quantities)
    tally.cached += answered.cached
    if not answered.cached:
        tally.tokens += result.usage.prompt_tokens + result.usage.completion_tokens


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Check(_Part):
    verdict: str


class _Item(_Part):
    quantities: list[_Check]


class _Report(_Part):
    items: list[_Item]


class _Usage(_Part):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Glance(_Part):
    reports: list[_Report]
    usage: _Usage = _Usage()
