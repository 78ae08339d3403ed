"""The one door to openai and instructor.

instructor writes the request for the two modes that carry a schema and validates their answers;
the other two would get its English instructions on top of our prompt, so they go straight through
openai. Retries are ours (see gate.py): both are told to make none. What counts is the completion
as it came, taken by a hook, because instructor keeps or hides it depending on what went wrong.

Both libraries take two seconds to import and are loaded with the first call. instructor logs
answers and openai requests, which hold the report: their loggers are turned down.
"""

import asyncio
import contextlib
import logging
import math
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from groundwork.engine.llm.capability import SWITCHES, Capability
from groundwork.engine.llm.completion import OnTokens, Reply, read_completion
from groundwork.engine.llm.config import LLMConfig, Mode
from groundwork.engine.llm.protocol import Answer
from groundwork.engine.llm.render import Message
from groundwork.engine.llm.trouble import (
    Busy,
    Declined,
    Denied,
    Failing,
    Rejected,
    TooLong,
    Trouble,
    read_hints,
    safe_code,
)

if TYPE_CHECKING:
    import openai

_DENYING: Final = frozenset({401, 402, 403, 404, 407})
_WAITING: Final = frozenset({429, 529})
_PASSING: Final = frozenset({408, 409, 425})
_GARBLED: Final = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    AssertionError,
    OSError,
    RuntimeError,
)
"""What the libraries raise when an endpoint's answer is not what they expect."""
_NEVER_SENT: Final = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout"})
"""Causes, by name, that mean nothing reached the endpoint: nobody can charge for that."""
_NO_KEY: Final = "none"  # openai wants a key even where the endpoint does not.


def preload() -> None:
    """Import both libraries; in a thread, so that the event loop goes on meanwhile."""
    import instructor  # noqa: F401, PLC0415 - two seconds that only a configured model should cost
    import openai  # noqa: F401, PLC0415


class Door:
    """A connection to one endpoint, for use within one event loop."""

    def __init__(self, config: LLMConfig) -> None:
        import openai  # noqa: PLC0415 - two seconds that only a configured model should cost

        _hush()
        self._config = config
        self._client = openai.AsyncOpenAI(
            base_url=config.base_url,
            api_key=config.api_key or _NO_KEY,
            timeout=config.timeout_s,
            max_retries=0,
        )

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    async def models(self) -> list[str]:
        """Return the names of the models that the endpoint lists."""
        async with self._translated():
            page = await self._client.models.list()
            return [model.id for model in page.data or []]

    async def ask(
        self,
        messages: Sequence[Message],
        capability: Capability,
        limit: int,
        on_tokens: OnTokens,
    ) -> Reply:
        """Return the answer to one question. Raises a Trouble; cancelling closes the connection."""
        request = self._request(messages, capability, limit)
        async with self._translated():
            if capability.mode in (Mode.JSON_SCHEMA, Mode.TOOLS):
                completion = await self._structured(request, capability.mode)
            else:
                completion = await self._client.chat.completions.create(**request)
        return read_completion(completion, on_tokens)

    def _request(
        self, messages: Sequence[Message], capability: Capability, limit: int
    ) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self._config.model,
            "messages": [message._asdict() for message in messages],
        }
        if not capability.thinks:
            request[capability.limit_name] = limit
        if capability.temperature:
            request["temperature"] = self._config.temperature
        if capability.switch is not None:
            request["extra_body"] = dict(SWITCHES[capability.switch])
        if capability.mode is Mode.JSON_OBJECT:
            request["response_format"] = {"type": "json_object"}
        return request

    async def _structured(self, request: dict[str, Any], mode: Mode) -> Any:
        """Let instructor write the schema into the request; return the completion as it came."""
        import instructor  # noqa: PLC0415 - see __init__
        from instructor.core.exceptions import InstructorError  # noqa: PLC0415
        from instructor.core.hooks import Hooks  # noqa: PLC0415

        completions: list[Any] = []
        hooks = Hooks()
        hooks.on("completion:kwargs", _make_strict)
        hooks.on("completion:response", completions.append)
        how = instructor.Mode.JSON_SCHEMA if mode is Mode.JSON_SCHEMA else instructor.Mode.TOOLS
        client = instructor.from_openai(self._client, mode=how)
        try:
            await client.chat.completions.create(
                response_model=Answer, max_retries=0, hooks=hooks, **request
            )
        except InstructorError as error:
            if not completions:
                cause = error.__cause__
                if isinstance(cause, Exception):
                    raise cause from cause.__cause__  # Which tells whether anything was sent.
                raise Failing("no answer") from None
        return completions[-1]

    @contextlib.asynccontextmanager
    async def _translated(self) -> AsyncIterator[None]:
        """Turn what openai raises into Trouble, without a word of what the endpoint wrote."""
        import openai  # noqa: PLC0415

        try:
            async with asyncio.timeout(self._config.timeout_s):
                yield
        except openai.APIStatusError as error:
            raise _of_status(error) from None
        except (TimeoutError, openai.APITimeoutError) as error:
            message = f"no answer within {self._config.timeout_s:g} s"
            raise Failing(message, billed=_was_sent(error)) from None
        except (openai.OpenAIError, *_GARBLED) as error:
            message = f"the endpoint broke off ({type(error).__name__})"
            raise Failing(message, billed=_was_sent(error)) from None


def _was_sent(error: BaseException) -> bool:
    return type(error.__cause__).__name__ not in _NEVER_SENT


def _of_status(error: "openai.APIStatusError") -> Trouble:
    status, headers = error.status_code, error.response.headers
    hints = read_hints(f"{error.code} {error.message}")
    said = f"(HTTP {status}{safe_code(error.code)})"
    if status in _WAITING and "quota" not in hints:
        return Busy(f"the endpoint is busy {said}", retry_after_s(headers))
    if status == 503 and "retry-after" in headers:
        return Busy(f"the endpoint is busy {said}", retry_after_s(headers))
    if status in _DENYING or "quota" in hints or (status == 400 and "model" in hints):
        return Denied(f"the endpoint denied the request {said}")
    if status >= 500 or status in _PASSING:
        return Failing(f"the endpoint failed {said}")
    return _of_rejection(status, hints, said)


def _of_rejection(status: int, hints: frozenset[str], said: str) -> Trouble:
    if "context" in hints or status == 413:
        return TooLong(f"the question did not fit {said}")
    if "filter" in hints:
        return Declined(f"a filter of the endpoint declined {said}")
    return Rejected(f"the endpoint rejected the form of the request {said}", hints)


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Return the seconds an endpoint asks us to wait; None when it does not say.

    >>> retry_after_s({"retry-after": "2"}), retry_after_s({"retry-after-ms": "1500"})
    (2.0, 1.5)
    """
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        raw = headers.get(name)
        if raw is None:
            continue
        try:
            seconds = float(raw) * scale
        except ValueError:
            seconds = _until(raw)
        if math.isfinite(seconds):
            return max(0.0, seconds)
    return None


def _until(http_date: str) -> float:
    try:
        when = parsedate_to_datetime(http_date)
    except ValueError:
        return math.nan
    return (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


def _make_strict(**request: Any) -> None:
    """Ask for strict decoding, which instructor's modes leave out; our schema allows it."""
    form = request.get("response_format")
    if isinstance(form, dict) and "json_schema" in form:
        form["json_schema"]["strict"] = True
    for tool in request.get("tools") or []:
        tool["function"]["strict"] = True


def _hush() -> None:
    """Keep requests and answers, which hold the report and the key, out of every log."""
    logging.getLogger("instructor").setLevel(logging.CRITICAL + 1)
    for name in ("openai", "httpx", "httpcore", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)
