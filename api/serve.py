"""Running the service: one parent that owns the embedded server, processes that answer, workers."""

import asyncio
import gc
import math
import os
import signal
import socket
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from pydantic import SecretStr

from api.crew import WorkerCrew
from api.log import configure_logging, server_logging
from groundwork.errors import SettingsError
from groundwork.metrics import shared_folder
from groundwork.settings import Settings
from groundwork.store.lifeline import end_with_parent
from groundwork.wiring import embedded_server, key_ring


def run(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Raises StoreUnavailableError if there is no store to start, SettingsError if nobody could enter.
    Call it from the main thread. The embedded server starts and ends here, in the parent, so
    that all workers share it and none takes it along when it goes.
    """
    configure_logging(settings.log_level)
    if settings.redis_url is not None:
        _serve(settings)
        return
    with embedded_server(settings) as embedded:
        _serve(settings.model_copy(update={"redis_url": SecretStr(embedded.url)}))


def _serve(settings: Settings) -> None:
    _check_that_somebody_may_enter(settings)
    server = Granian(
        "api.app:create_app",
        address=settings.host,
        port=settings.port or _free_port(settings.host),
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=settings.workers,
        respawn_failed_workers=True,
        workers_kill_timeout=math.ceil(settings.stop_grace_s),
        websockets=False,
        log_level=LogLevels(settings.log_level),
        log_dictconfig=server_logging(settings.log_level),
    )
    with shared_folder(), WorkerCrew(settings) as crew:
        server.on_startup(lambda: _on_the_way_out(crew.tell_to_end))
        server.serve(
            target_loader=partial(_load, settings, os.getpid()),
            wrap_loader=False,
        )


def _on_the_way_out(tell: Callable[[], None]) -> None:
    """Call ``tell`` at once when the server is told to end, not when its last request has."""
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, partial(_tell_first, tell, signal.getsignal(sign)))


def _tell_first(tell: Callable[[], None], then: Any, sign: int, frame: FrameType | None) -> None:
    tell()
    then(sign, frame)


def _check_that_somebody_may_enter(settings: Settings) -> None:
    """Refuse to listen on a network for nobody: every request from there needs a key."""
    if settings.is_local or settings.require_keys:
        return

    async def ask() -> bool:
        async with key_ring(settings) as ring:
            return await ring.in_use()

    if not asyncio.run(ask()):
        raise SettingsError(
            f"host {settings.host} opens the service to the network, and there are no API keys:"
            " make one with `groundwork keys add TENANT`, or set GROUNDWORK_REQUIRE_KEYS=true,"
            " or use 127.0.0.1, ::1 or localhost"
        )


def _free_port(host: str) -> int:
    """Return a port that is free now; the server does not choose one by itself."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _load(settings: Settings, parent: int) -> Callable[..., Any]:
    """Make the application, in a worker. A worker without its parent would keep the port."""
    from api.app import create_app  # noqa: PLC0415 - the parent does not need it

    # A forked worker has its parent's handlers, which would swallow the signal; the server sets
    # its own after this.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(parent)
    write_out = configure_logging(settings.log_level)
    app = create_app(settings)
    app.on_shutdown.append(write_out)  # the server ends such a process without the usual goodbyes
    # Code and tables stay for ever: looking through them for garbage would hold requests up.
    gc.collect()
    gc.freeze()
    return app
