"""One result, made once: from the store if it is kept, else by the first who asks.

Identical requests in flight share one run, in this process and across processes; when the one
who runs dies, the next takes over. Without a store the work is done all the same, each process
for itself, and the answer says that it is not kept.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Final, Protocol

from groundwork.errors import StoreError, StoreUnavailableError
from groundwork.pipeline import OnItems
from groundwork.store.results import ResultStore
from groundwork.text.document import SourceText
from schemas.result import Result

_FIRST_LOOK_S: Final = 0.05
_LAST_LOOK_S: Final = 0.25


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the asker wants of keeping."""

    fresh: bool = False
    """Do the work again, even if a result is kept."""
    untouched: bool = False
    """Neither look for a result nor keep one."""
    only_kept: bool = False
    """Do no work."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A result as the bytes that are sent and kept, and where they came from."""

    result_id: str
    body: bytes | None
    """None: there is no kept result, and no work was wanted."""
    hit: bool = False
    kept: bool = False
    """It can be fetched again."""
    failure: StoreError | None = None
    """Why it was not kept, or not looked for."""
    joined: bool = False
    """Another request was asking for the same, and both have what it got."""
    result: Result | None = None
    """The result itself, if it was made just now."""

    @property
    def is_partial(self) -> bool:
        """Whether some ranges could not be processed."""
        return self.body is not None and _PARTIAL in self.body


_PARTIAL: Final = b'"partial":[{'
_DEGRADED: Final = b'"degraded":true'
# Inside a JSON string quotes are escaped, so neither can come from a report's text.


def can_be_better(body: bytes) -> bool:
    """Tell whether another run might do what this one could not, because an endpoint failed.

    >>> can_be_better(b'{"degraded":false,"partial":[]}'), can_be_better(b'{"degraded":true}')
    (False, True)
    """
    return _DEGRADED in body or _PARTIAL in body


class Locks(Protocol):
    """Who leads, among all processes."""

    def lead(self, tenant: str, result_id: str) -> AbstractAsyncContextManager[bool]:
        """Try to become the leader. May raise StoreError."""


Structure = Callable[[SourceText, str, OnItems | None], Awaitable[Result]]
"""Does the work, for a tenant."""


class Desk:
    """Answers requests for results; each engine configuration has one desk a process."""

    def __init__(
        self,
        structure: Structure,
        address: Callable[[SourceText], str],
        results: Callable[[str], ResultStore],
        locks: Locks | None,
    ) -> None:
        self._structure = structure
        self._address = address
        self._results = results
        self._locks = locks
        self._running: dict[tuple[str, str], asyncio.Task[Answer]] = {}
        self._waiting: Counter[tuple[str, str]] = Counter()

    async def answer(
        self,
        source: SourceText,
        tenant: str,
        wishes: Wishes | None = None,
        on_items: OnItems | None = None,
    ) -> Answer:
        """Return the result of ``source``. Raises EngineError.

        ``on_items`` hears of claims as they are grounded, if the work is done here and now.
        """
        wishes = wishes or Wishes()
        asked = _Asked(source, tenant, self._address(source), on_items)
        found = Answer(asked.result_id, None)
        if not (wishes.fresh or wishes.untouched):
            found = await self._look(asked)
            if found.body is not None and (wishes.only_kept or not can_be_better(found.body)):
                return found
        if wishes.only_kept:
            return found
        if wishes.untouched:
            return await self._make(asked, keep=False)
        if isinstance(found.failure, StoreUnavailableError):  # nobody could be asked to wait
            made = await self._joined(asked, lambda: self._make(asked, keep=False))
            return replace(made, failure=found.failure)
        if wishes.fresh:
            return await self._make(asked)
        return await self._joined(asked, lambda: self._across(asked))

    async def _look(self, asked: "_Asked") -> Answer:
        try:
            body = await self._results(asked.tenant).find(asked.result_id)
        except StoreError as error:
            return Answer(asked.result_id, None, failure=error)
        return Answer(asked.result_id, body, hit=body is not None, kept=body is not None)

    async def _make(self, asked: "_Asked", *, keep: bool = True) -> Answer:
        result = await self._structure(asked.source, asked.tenant, asked.on_items)
        body = result.model_dump_json().encode()
        answer = Answer(asked.result_id, body, result=result)
        if not keep:
            return answer
        try:
            store = self._results(asked.tenant)
            await store.save(asked.result_id, body, result.source.sha256, asked.source.text)
        except StoreError as error:
            return replace(answer, failure=error)
        return replace(answer, kept=True)

    async def _joined(self, asked: "_Asked", run: Callable[[], Awaitable[Answer]]) -> Answer:
        """Share one run in this process. It is given up when nobody waits for it any more."""
        key = (asked.tenant, asked.result_id)
        task = self._running.get(key)
        joined = task is not None
        if task is None:
            task = asyncio.ensure_future(run())
            self._running[key] = task
            task.add_done_callback(lambda done: self._forget(key, done))
        self._waiting[key] += 1
        try:
            answer = await asyncio.shield(task)
            return replace(answer, joined=True) if joined else answer
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]
                if self._running.get(key) is task:
                    del self._running[key]
                    task.cancel()

    def _forget(self, key: tuple[str, str], done: "asyncio.Task[Answer]") -> None:
        if self._running.get(key) is done:
            del self._running[key]
        if not done.cancelled():
            done.exception()  # whoever still waited has it; nobody may have

    async def _across(self, asked: "_Asked") -> Answer:
        """Share one run among all processes: lead, or wait until the leader is done or dead."""
        if self._locks is None:
            return await self._make(asked)
        pause_s = _FIRST_LOOK_S
        while True:
            try:
                async with self._locks.lead(asked.tenant, asked.result_id) as leads:
                    if leads:
                        return await self._led(asked)
            except StoreError as error:
                return replace(await self._make(asked), failure=error)
            await asyncio.sleep(pause_s)
            pause_s = min(_LAST_LOOK_S, 1.5 * pause_s)

    async def _led(self, asked: "_Asked") -> Answer:
        """Make the result, unless whoever led before has."""
        found = await self._look(asked)
        if found.body is not None and not can_be_better(found.body):
            return found
        return await self._make(asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    source: SourceText
    tenant: str
    result_id: str
    on_items: OnItems | None
