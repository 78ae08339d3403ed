"""Logs: one JSON object a line on standard error. Report text never goes there.

Libraries log what they please, some of them the text they were given. Of what they say only the
place is passed on, and only when they call it an error.
"""

import asyncio
import atexit
import json
import logging
import sys
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from json.encoder import encode_basestring as quoted
from typing import Any, Final, TextIO

import structlog
from litestar.types import HTTPScope
from structlog.typing import EventDict, WrappedLogger

_LEVELS: Final = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, default=repr)
"""Made once: ``json.dumps`` would make one for each line."""
_TOGETHER_S: Final = 0.02
_SERVER: Final = "_granian"
"""The logger of the server, which knows addresses and process ids only."""

REQUEST_ID: Final[ContextVar[str | None]] = ContextVar("request_id", default=None)
"""Whose request is being answered; every line that is logged meanwhile says so."""


class Lines(StringIO):
    """A stream whose lines are written together, every few milliseconds.

    Writing costs a system call, and on the way of a cached answer that was the dearest part of
    all. A process that is killed loses what it logged in its last 20 ms; one that ends, or that
    runs no event loop, loses nothing, if it calls ``write_out`` at its end.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._pending: list[str] = []

    def write(self, text: str) -> int:
        """Take a line, and see to it that it will be written."""
        self._pending.append(text)
        if len(self._pending) == 1:
            try:
                asyncio.get_running_loop().call_later(_TOGETHER_S, self.write_out)
            except RuntimeError:  # not in a loop: a thread, or the end
                self.write_out()
        return len(text)

    def flush(self) -> None:
        """Do nothing; loggers flush after each line."""

    def write_out(self) -> None:
        """Write everything now."""
        pending, self._pending = self._pending, []
        if pending and not self._stream.closed:
            self._stream.write("".join(pending))
            self._stream.flush()


@dataclass(slots=True)
class RequestLines:
    """The line that each request leaves. ``stream`` is where they go, None for nowhere.

    It is written out by hand: the general way through the logger costs more than a kept answer.
    """

    stream: TextIO | None = None

    def write(self, scope: HTTPScope, status: int, cache: bytes | None, seconds: float) -> None:
        """Tell of a request and of its answer."""
        if self.stream is None:
            return
        told = quoted(cache.decode("latin-1")) if cache else "null"
        now = datetime.now(UTC).isoformat(timespec="microseconds").removesuffix("+00:00")
        self.stream.write(
            f'{{"method": {quoted(scope["method"])}, "path": {quoted(scope["path"])},'
            f' "status": {status}, "cache": {told}, "ms": {seconds * 1000:.1f},'
            f' "request_id": {quoted(REQUEST_ID.get() or "")},'
            f' "event": "request", "level": "info", "timestamp": "{now}Z"}}\n'
        )


REQUESTS: Final = RequestLines()


def configure_logging(level: str, stream: TextIO | None = None) -> Callable[[], None]:
    """Send our log lines, and the server's, to ``stream`` or standard error as JSON.

    To standard error they go together: see ``Lines``. Returns what writes those that wait; a
    process that ends as usual does so by itself.
    """
    waiting = Lines(sys.stderr)
    atexit.register(waiting.write_out)
    lines = stream or waiting
    REQUESTS.stream = lines if _LEVELS[level] <= logging.INFO else None
    stamped = (
        _of_request,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    )
    render = structlog.processors.JSONRenderer(serializer=_as_json)
    structlog.configure(
        processors=[*stamped, render],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(file=lines),
        cache_logger_on_first_use=stream is None,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=(_place_only, *stamped),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
    )
    handler = logging.StreamHandler(lines)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.ERROR, force=True)
    logging.getLogger(_SERVER).setLevel(_LEVELS[level])
    return waiting.write_out


def _of_request(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Say in whose request a line was logged."""
    request_id = REQUEST_ID.get()
    if request_id is not None:
        line.setdefault("request_id", request_id)
    return line


def _as_json(line: EventDict, **_: Any) -> str:
    return _ENCODER.encode(line)


def server_logging(level: str) -> dict[str, Any]:
    """Return the server's own logging: it hands its lines to the root, which writes JSON."""
    hand_on = {"handlers": [], "level": _LEVELS[level], "propagate": True}
    return {"formatters": {}, "handlers": {}, "loggers": {_SERVER: hand_on}}


def _place_only(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Keep of a library's line where it was written and what kind of error it tells of."""
    record: logging.LogRecord = line["_record"]
    error = line.pop("exc_info", None) or record.exc_info
    if record.name != _SERVER:
        line["event"] = "library"
        line["logger"] = record.name
        line["where"] = f"{record.filename}:{record.lineno}"
    if isinstance(error, tuple) and error[0] is not None:
        line["error"] = error[0].__name__
    return line
