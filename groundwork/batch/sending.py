"""Sending reports to a server, politely: it says when to come back, and all of us wait.

429 and 503 are no failures: the answer's Retry-After is waited out by every sender at once, so
that a hundred reports do not knock again one by one. Other 5xx and broken connections are tried
again a few times, each time later. A 4xx is final, and its problem says why.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, Protocol

import httpx

from groundwork.errors import EngineError, GroundworkError, InputError

_TIMEOUT_S: Final = 600.0
_TRIES: Final = 5
_FIRST_PAUSE_S: Final = 0.5
_LONGEST_PAUSE_S: Final = 120.0
_PATIENCE_S: Final = 1_800.0
"""How long one report may be put off altogether."""
_BUSY: Final = frozenset({429, 503})
_UNKNOWN: Final = frozenset({401, 403})
_CHECK_S: Final = 10.0


class RefusedError(InputError):
    """The server will not take the report, and says why."""


class ServerError(EngineError):
    """The server could not do it, however often it was asked."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A result as it came, and whether it was kept before."""

    body: bytes
    cached: bool = False


class Structurer(Protocol):
    """Whoever turns a report into a result."""

    async def structure(self, data: bytes | str, filename: str | None) -> Answered:
        """Return the result as JSON. Raises GroundworkError with a sentence for the user."""

    async def close(self) -> None:
        """Let go of everything."""


class Gate:
    """Holds everybody back until a moment."""

    def __init__(
        self,
        clock_s: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock_s = clock_s
        self._sleep = sleep
        self._opens_s = 0.0

    def close_for(self, seconds: float) -> None:
        """Hold everybody back for so long from now."""
        self._opens_s = max(self._opens_s, self._clock_s() + seconds)

    async def pass_through(self) -> None:
        """Return when nobody is held back."""
        while (left_s := self._opens_s - self._clock_s()) > 0:
            await self._sleep(left_s)

    async def pause(self, seconds: float) -> None:
        """Hold the caller alone back."""
        await self._sleep(seconds)


class Server:
    """A Groundwork server at ``url``."""

    def __init__(
        self,
        url: str,
        api_key: str | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        gate: Gate | None = None,
    ) -> None:
        self.url = url
        self._has_key = bool(api_key)
        self._gate = gate or Gate()
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=httpx.Timeout(_TIMEOUT_S, connect=10.0),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=256),
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            transport=transport,
        )

    async def check(self) -> None:
        """Return when there is a server that takes our key. Raises InputError saying what to do."""
        try:
            answer = await self._client.get("/livez", timeout=_CHECK_S)
            answer.raise_for_status()
            # Of no job, but only who may ask is told that there is none.
            asked = await self._client.get("/v1/jobs/none", timeout=_CHECK_S)
        except (httpx.HTTPError, httpx.InvalidURL):
            raise InputError(
                f"no server answers at {self.url}: start one with `groundwork serve`, name one"
                " with --server, or work without one with --local"
            ) from None
        if asked.status_code in _UNKNOWN:
            given = "does not know the API key in" if self._has_key else "wants an API key: set"
            raise InputError(f"{self.url} {given} GROUNDWORK_API_KEY")

    async def structure(self, data: bytes | str, filename: str | None) -> Answered:
        """Send a report and return its result. Raises RefusedError or ServerError."""
        began_s, failures, put_off = time.monotonic(), 0, 0
        while True:
            await self._gate.pass_through()
            answer = await self._post(data, filename)
            if isinstance(answer, httpx.Response):
                if answer.is_success:
                    cached = "; hit" in answer.headers.get("cache-status", "")
                    return Answered(answer.content, cached)
                if answer.status_code in _BUSY:
                    if time.monotonic() - began_s > _PATIENCE_S:
                        raise ServerError(_told(answer))
                    self._wait_as_told(answer, put_off)
                    # It lives: what broke before was the rejection, cut off on its way.
                    failures, put_off = 0, put_off + 1
                    continue
                if answer.status_code < 500:
                    raise RefusedError(_told(answer))
            failures += 1
            if failures >= _TRIES:
                raise ServerError(_told(answer))
            await self._gate.pause(_pause_s(failures - 1))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _post(self, data: bytes | str, filename: str | None) -> httpx.Response | Exception:
        body: dict[str, Any]
        if isinstance(data, str):
            body = {"json": {"text": data, "filename": filename}}
        else:
            # As a form, because only there a file has a name, which may tell what kind it is.
            kind = "application/octet-stream"
            body = {"files": {"file": (filename or "report", data, kind)}}
        try:
            return await self._client.post("/v1/reports", **body)
        except httpx.HTTPError as error:
            return error

    def _wait_as_told(self, answer: httpx.Response, put_off: int) -> None:
        told_s = retry_after_s(answer.headers.get("retry-after"))
        wait_s = _pause_s(put_off) if told_s is None else told_s
        self._gate.close_for(min(wait_s, _LONGEST_PAUSE_S))


def _pause_s(times: int) -> float:
    """Return how long to wait after so many waits before.

    >>> _pause_s(0), _pause_s(3), _pause_s(99)
    (0.5, 4.0, 120.0)
    """
    return min(_FIRST_PAUSE_S * 2.0 ** min(times, 20), _LONGEST_PAUSE_S)


def retry_after_s(value: str | None) -> float | None:
    """Read a Retry-After header: seconds, or a date (RFC 9110). None when it says neither.

    >>> retry_after_s("7"), retry_after_s("soon"), retry_after_s(None)
    (7.0, None, None)
    """
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _told(answer: httpx.Response | Exception) -> str:
    """Say in a line what went wrong; a problem's words never hold report text."""
    if isinstance(answer, Exception):
        return f"no answer: {type(answer).__name__}"
    try:
        problem = answer.json()
        return f"{answer.status_code} {problem['type']}: {problem['detail']}"[:500]
    except (ValueError, KeyError, TypeError):
        return f"{answer.status_code} without an explanation"


def reason(error: GroundworkError) -> str:
    """Return what the list of failures says of an error."""
    return " ".join(str(error).split()) or type(error).__name__
