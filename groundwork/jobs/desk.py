"""One result, made once: from the store if it is kept, else by the first who asks.

Identical requests in flight share one run, in this process and across processes; when the one
who runs dies, the next takes over. Without a store the work is done all the same, each process
for itself, and the answer says that it is not kept.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Protocol

from groundwork.errors import StoreError, StoreUnavailableError
from groundwork.jobs.relay import Relay
from groundwork.pipeline import OnItems
from groundwork.store.results import ResultStore
from groundwork.text.document import SourceText
from schemas.result import Result

_FIRST_LOOK_S: Final = 0.05
_LAST_LOOK_S: Final = 0.25
_LARGE: Final = 50_000
"""Characters of a report from which writing its result leaves the event loop: some 20 ms."""


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
    """Who leads, among all processes. Every method may raise StoreError."""

    def lead(self, tenant: str, result_id: str) -> AbstractAsyncContextManager[bool]:
        """Try to become the leader."""

    async def tell(self, tenant: str, result_id: str, what: bytes) -> None:
        """Tell those who follow what the leader has found."""

    async def told(self, tenant: str, result_id: str, after: int) -> list[bytes]:
        """Return what the leader told, but for the first ``after`` of it."""


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
        self._running: dict[tuple[str, str], _Run] = {}

    async def answer(
        self,
        source: SourceText,
        tenant: str,
        wishes: Wishes | None = None,
        on_items: OnItems | None = None,
    ) -> Answer:
        """Return the result of ``source``. Raises EngineError.

        ``on_items`` hears of items as a model finds them, whichever process asks it: each chunk
        at most once, and none for certain. Rules tell nothing on the way.
        """
        wishes = wishes or Wishes()
        asked = _Asked(source, tenant, self._address(source))
        found = Answer(asked.result_id, None)
        if not (wishes.fresh or wishes.untouched):
            found = await self._look(asked)
            if found.body is not None and (wishes.only_kept or not can_be_better(found.body)):
                return found
        if wishes.only_kept:
            return found
        if wishes.untouched:
            return await self._make(asked, on_items, keep=False)
        if isinstance(found.failure, StoreUnavailableError):  # nobody could be asked to wait
            made = await self._joined(asked, on_items, self._alone)
            return replace(made, failure=found.failure)
        if wishes.fresh:
            return await self._make(asked, on_items)
        return await self._joined(asked, on_items, self._across)

    async def _look(self, asked: "_Asked") -> Answer:
        try:
            body = await self._results(asked.tenant).find(asked.result_id)
        except StoreError as error:
            return Answer(asked.result_id, None, failure=error)
        return Answer(asked.result_id, body, hit=body is not None, kept=body is not None)

    async def _make(
        self, asked: "_Asked", on_items: OnItems | None, *, keep: bool = True
    ) -> Answer:
        result = await self._structure(asked.source, asked.tenant, on_items)
        if len(asked.source.text) < _LARGE:
            body = result.model_dump_json().encode()
        else:
            body = (await asyncio.to_thread(result.model_dump_json)).encode()
        answer = Answer(asked.result_id, body, result=result)
        if not keep:
            return answer
        try:
            store = self._results(asked.tenant)
            await store.save(asked.result_id, body, result.source.sha256, asked.source.text)
        except StoreError as error:
            return replace(answer, failure=error)
        return replace(answer, kept=True)

    async def _joined(
        self,
        asked: "_Asked",
        on_items: OnItems | None,
        make: Callable[["_Asked", Relay], Awaitable[Answer]],
    ) -> Answer:
        """Share one run in this process. It is given up when nobody waits for it any more."""
        key = (asked.tenant, asked.result_id)
        run = self._running.get(key)
        joined = run is not None
        relay = run.relay if run else Relay()
        # Before the run begins, which looks whether anybody listens.
        listener = None if on_items is None else relay.join(on_items)
        if run is None:
            run = self._running[key] = _Run(asyncio.ensure_future(make(asked, relay)), relay)
            run.task.add_done_callback(partial(self._forget, key, run))
        run.waiting += 1
        try:
            if listener is not None:
                await relay.catch_up(listener)
            answer = await asyncio.shield(run.task)
            return replace(answer, joined=True) if joined else answer
        finally:
            run.waiting -= 1
            if listener is not None:
                relay.leave(listener)
            if not run.waiting and self._running.get(key) is run:
                del self._running[key]
                run.task.cancel()

    def _forget(self, key: tuple[str, str], run: "_Run", done: "asyncio.Task[Answer]") -> None:
        if self._running.get(key) is run:
            del self._running[key]
        if not done.cancelled():
            done.exception()  # whoever still waited has it; nobody may have

    async def _alone(self, asked: "_Asked", relay: Relay) -> Answer:
        return await self._make(asked, _if_heard(relay, relay.tell), keep=False)

    async def _across(self, asked: "_Asked", relay: Relay) -> Answer:
        """Share one run among all processes: lead, or wait until the leader is done or dead."""
        locks, which = self._locks, (asked.tenant, asked.result_id)
        if locks is None:
            return await self._make(asked, _if_heard(relay, relay.tell))
        pause_s = _FIRST_LOOK_S
        while True:
            try:
                async with locks.lead(*which) as leads:
                    if leads:
                        on_items = relay.telling(lambda what: locks.tell(*which, what))
                        return await self._led(asked, _if_heard(relay, on_items))
            except StoreError as error:
                made = await self._make(asked, _if_heard(relay, relay.tell))
                return replace(made, failure=error)
            if relay.has_listeners:
                await relay.hear(lambda after: locks.told(*which, after))
            await asyncio.sleep(pause_s)
            pause_s = min(_LAST_LOOK_S, 1.5 * pause_s)

    async def _led(self, asked: "_Asked", on_items: OnItems | None) -> Answer:
        """Make the result, unless whoever led before has."""
        found = await self._look(asked)
        if found.body is not None and not can_be_better(found.body):
            return found
        return await self._make(asked, on_items)


def _if_heard(relay: Relay, on_items: OnItems) -> OnItems | None:
    """Return ``on_items`` if anybody listens: items are worked out twice to be told on the way."""
    return on_items if relay.has_listeners else None


@dataclass(frozen=True, slots=True)
class _Asked:
    source: SourceText
    tenant: str
    result_id: str


@dataclass(slots=True)
class _Run:
    """A run in this process, and how many wait for it."""

    task: "asyncio.Task[Answer]"
    relay: Relay
    waiting: int = 0
