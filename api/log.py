"""Logs: one JSON object a line on standard error. Report text never goes there."""

import logging
import sys
from typing import Any, Final, TextIO

import structlog

_LEVELS: Final = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


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
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=stamped,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    logging.basicConfig(handlers=[handler], level=_LEVELS[level], force=True)


def server_logging(level: str) -> dict[str, Any]:
    """Return the server's own logging: it hands its lines to the root, which writes JSON."""
    hand_on = {"handlers": [], "level": _LEVELS[level], "propagate": True}
    return {"formatters": {}, "handlers": {}, "loggers": {"_granian": hand_on}}
