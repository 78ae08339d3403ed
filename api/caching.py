"""What HTTP says about keeping answers: Cache-Status (RFC 9211), Cache-Control, ETag (RFC 9110)."""

import hashlib
from typing import Final

from groundwork.errors import StoreError, StoreUnavailableError
from groundwork.jobs.desk import Wishes

HIT: Final = "groundwork; hit"
NOT_KEPT: Final = "groundwork; fwd=uri-miss"
KEEP: Final = "private, no-cache"
"""Keep it, ask before each use: a stored result may be renewed under the same id."""


def wishes(cache_control: str | None) -> Wishes:
    """Read a Cache-Control request header.

    >>> wishes("No-Cache, max-age=0").fresh, wishes(None).fresh
    (True, False)
    """
    directives = {part.strip().lower() for part in (cache_control or "").split(",")}
    return Wishes(
        fresh="no-cache" in directives,
        untouched="no-store" in directives,
        only_kept="only-if-cached" in directives,
    )


def missed(*, asked: bool, stored: bool, failure: StoreError | None = None) -> str:
    """Say why work was done, and whether its result is kept.

    >>> missed(asked=False, stored=True)
    'groundwork; fwd=miss; stored'
    """
    status = f"groundwork; fwd={'request' if asked else 'miss'}"
    if stored:
        status += "; stored"
    return status + failure_detail(failure)


def failure_detail(failure: StoreError | None) -> str:
    """Name a failure of the store as the ``detail`` of a Cache-Status."""
    if failure is None:
        return ""
    unreachable = isinstance(failure, StoreUnavailableError)
    return f"; detail={'store-unavailable' if unreachable else 'store-failed'}"


def etag(body: bytes) -> str:
    """Return the strong entity tag of exact bytes."""
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def matches(if_none_match: str | None, tag: str) -> bool:
    """Tell whether the sender has these bytes already.

    >>> matches('W/"a", "b"', '"b"'), matches("*", '"b"'), matches('"c"', '"b"')
    (True, True, False)
    """
    if if_none_match is None:
        return False
    known = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return tag in known or "*" in known
