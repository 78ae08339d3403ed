"""Doing the work here, without a server: by rules on every core, or by the configured model."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from groundwork.batch.sending import Answered, ServerError
from groundwork.engine.base import Engine
from groundwork.errors import TooLargeError
from groundwork.pipeline import structure
from groundwork.store.lifeline import end_with_parent
from groundwork.text.decode import decode


class LocalRules:
    """The rules, in processes of their own: reading is pure computing."""

    def __init__(self, processes: int, max_characters: int) -> None:
        # A fresh start, not a fork: this process has threads by now.
        self._pool = ProcessPoolExecutor(
            processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(os.getpid(),),
        )
        with _undisturbed():
            for _ in range(processes):  # each piece of work starts a process, until all are there
                self._pool.submit(os.getpid)
        self._max_characters = max_characters

    async def structure(self, data: bytes | str, filename: str | None) -> Answered:
        """Structure a report by rules. Raises InputError."""
        work = asyncio.get_running_loop().run_in_executor(
            self._pool, _by_rules, data, filename, self._max_characters
        )
        try:
            return Answered(await work)
        except BrokenProcessPool:
            raise ServerError("a working process ended abruptly") from None

    async def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(wait=False, cancel_futures=True)


class LocalEngine:
    """An engine that waits more than it computes: a model, asked from here."""

    def __init__(self, engine: Engine, max_characters: int) -> None:
        self._engine = engine
        self._max_characters = max_characters

    async def structure(self, data: bytes | str, filename: str | None) -> Answered:
        """Structure a report. Raises InputError and EngineError."""
        source = await asyncio.to_thread(decode, data, filename=filename)
        _check(len(source.text), self._max_characters)
        result = await structure(source, self._engine)
        return Answered(result.model_dump_json().encode())

    async def close(self) -> None:
        """Close the connections to the model."""
        close: Callable[[], object] | None = getattr(self._engine, "close", None)
        ending = close() if close else None
        if asyncio.iscoroutine(ending):
            await ending


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back, and keep it from processes that are started meanwhile.

    They would print a traceback each if it came before they were ready for it.
    """
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _begin(parent: int) -> None:
    """Prepare a process: Ctrl-C is for the parent, and nothing outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(parent)


def _by_rules(data: bytes | str, filename: str | None, max_characters: int) -> bytes:
    from groundwork.engine.rules import RuleEngine  # noqa: PLC0415 - in the process that needs it

    source = decode(data, filename=filename)
    _check(len(source.text), max_characters)
    return asyncio.run(structure(source, RuleEngine())).model_dump_json().encode()


def _check(characters: int, most: int) -> None:
    if characters > most:
        raise TooLargeError(f"{characters} characters; at most {most} are read")
