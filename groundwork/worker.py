"""The worker: does jobs and lines of batches until it is told to end.

Any number of them may run, on any number of machines, against one Redis server. Told to end, a
worker finishes what it has in hand, or hands it back; killed, what it had is delivered again.
"""

import asyncio
import signal
from contextlib import suppress

import structlog

from groundwork.errors import StoreError, StoreUnavailableError
from groundwork.metrics import Metrics
from groundwork.services import Services
from groundwork.settings import Settings
from groundwork.wiring import build

_AGAIN_S = 1.0
_STARTS = 3


def run(settings: Settings) -> None:
    """Work until SIGTERM or Ctrl-C; a store that is away is waited for.

    Raises StoreUnavailableError if there is no store to start.
    """
    asyncio.run(_run(settings))


async def _run(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    services = build(settings)
    services.on_result.append(Metrics().result_made)
    log = structlog.get_logger()
    await _start(services)
    try:
        while not stop.is_set():
            try:
                await services.work(stop, ready=lambda: log.info("worker ready"))
            except StoreError as error:
                log.warning("worker waits for the store", reason=str(error))
                await _pause(stop)
    finally:
        await services.stop()
        log.info("worker ended")


async def _start(services: Services) -> None:
    """Start; a store that others end at that moment is tried for again, a few times."""
    for _ in range(_STARTS):
        with suppress(StoreUnavailableError):
            return await services.start()
        await asyncio.sleep(_AGAIN_S)
    return await services.start()


async def _pause(stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(_AGAIN_S):
            await stop.wait()
