"""What can go wrong between us and a model.

Trouble (an EngineError)
├── Failing        the endpoint failed: 5xx, timeout, dropped connection, no answer in the answer
├── Busy           it asks us to wait (429, or 503 with Retry-After): not a failure
├── Rejected       it does not accept this form of request (400 and its kin)
├── Denied         it will accept none of ours: key, account, quota, unknown model
├── TooLong        the answer hit its limit, or the question did not fit
├── Declined       the model refused, or a filter cut its answer
├── Unreadable     it answered something that is no answer of ours
├── CapReached     the document's token or money cap does not allow another call
└── CircuitOpen    it failed so often that it is left alone for a while

Messages hold statuses, codes and counts. What a provider writes may repeat our request, and with
it the report, so none of it is passed on; ``hints`` keeps the few words that we act upon.
"""

import re
from collections.abc import Mapping
from typing import Final

from groundwork.errors import EngineError

_HINTS: Final[Mapping[str, re.Pattern[str]]] = {
    "limit": re.compile(r"max_completion_tokens|'max_tokens'"),
    "temperature": re.compile(r"temperature"),
    "thinking": re.compile(r"enable_thinking|thinking|reasoning"),
    "context": re.compile(
        r"context.{0,10}(?:length|size|window)|too many tokens|exceed.{0,30}context"
    ),
    "quota": re.compile(r"insufficient_quota|insufficient balance|arrear|billing"),
    "filter": re.compile(r"content_filter|content management policy|inspection"),
    "model": re.compile(r"model_not_found|model.{0,80}(?:does not exist|not found|not exist)"),
}
_CODE: Final = re.compile(r"[A-Za-z0-9_.-]{1,40}")


class Trouble(EngineError):  # noqa: N818 - its leaves read as what they are: Busy, Denied
    """Anything that kept a model from answering; the root of this tree."""


class Failing(Trouble):
    """The endpoint failed in a way that another try may cure."""

    def __init__(self, message: str, *, billed: bool = False) -> None:
        super().__init__(message)
        self.billed = billed
        """It may have worked on the question before it failed, and charge for that."""


class Busy(Trouble):
    """The endpoint asks us to wait."""

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Rejected(Trouble):
    """The endpoint does not accept this form of request."""

    def __init__(self, message: str, hints: frozenset[str] = frozenset()) -> None:
        super().__init__(message)
        self.hints = hints


class Denied(Trouble):
    """The endpoint will accept no request of ours until someone changes something."""


class TooLong(Trouble):
    """The answer hit its token limit, or the question did not fit the context."""

    def __init__(self, message: str, *, thought: bool = False) -> None:
        super().__init__(message)
        self.thought = thought
        """The tokens went into thinking."""


class Declined(Trouble):
    """The model refused to answer, or a content filter cut its answer."""


class Unreadable(Trouble):
    """The model answered something that is no answer of ours."""


class CapReached(Trouble):
    """Another call would cost more than the document may."""


class CircuitOpen(Trouble):
    """The endpoint failed so often that it is left alone for a while."""


def read_hints(message: str) -> frozenset[str]:
    """Return what an error message is about, in the few words that we act upon.

    >>> sorted(read_hints("Unsupported parameter: 'max_tokens'"))
    ['limit']
    """
    lowered = message[:2_000].lower()
    return frozenset(name for name, pattern in _HINTS.items() if pattern.search(lowered))


def safe_code(code: object) -> str:
    """Return a provider's error code for a message of ours, or nothing if it is no mere code.

    >>> safe_code("model_not_found"), safe_code("free text that may quote the report")
    (', model_not_found', '')
    """
    return f", {code}" if isinstance(code, str) and _CODE.fullmatch(code) else ""
