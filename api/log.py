"""Logs: one JSON object a line on standard error. Report text never goes there.

Libraries log what they please, some of them the text they were given. Of what they say only the
place is passed on, and only when they call it an error.
"""

import logging
import sys
from typing import Any, Final, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

_LEVELS: Final = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
_SERVER: Final = "_granian"
"""The logger of the server, which knows addresses and process ids only."""


def configure_logging(level: str, stream: TextIO | None = None) -> None:
    """Send our log lines, and the server's, to ``stream`` or standard error as JSON."""
    stream = stream or sys.stderr
    stamped = (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    )
    render = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*stamped, render],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=(_place_only, *stamped),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.ERROR, force=True)
    logging.getLogger(_SERVER).setLevel(_LEVELS[level])


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
