"""Who is asking: bearer keys (RFC 6750), and whose results an asker may see.

Everything needs a key but pages, health and the explanations of problems; a new route is closed
until it is listed here. Without any key ever made, on loopback, everybody is the same tenant.
"""

import hashlib
import hmac
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from litestar.types import HTTPScope

from api.errors import UNAUTHENTICATED, ProblemError
from groundwork.errors import StoreError
from groundwork.store.keyring import ApiKey, KeyRing
from groundwork.store.keys import PUBLIC

FRESH_S: Final = 5.0
"""How long a key is known without asking the store: a revoked one opens nothing after that."""
GRACE_S: Final = 300.0
"""How long a known key goes on while the store cannot be asked; nothing can be revoked then."""

METRICS: Final = "/metrics"
_OPEN: Final = frozenset({"/", "/livez", "/readyz", "/schema"})
_OPEN_BELOW: Final = ("/schema/", "/vendor/", "/viewer/", "/problems/")
_MOST_KNOWN: Final = 10_000
_CHALLENGE: Final = 'Bearer realm="groundwork"'


class KnownKeys:
    """The key ring with a short memory, so that a cached answer waits for no store."""

    def __init__(self, ring: KeyRing, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._ring = ring
        self._clock_s = clock_s
        self._known: dict[bytes, tuple[ApiKey, float]] = {}
        self._in_use = False
        self._asked_s = -FRESH_S

    async def find(self, token: str) -> ApiKey | None:
        """Return the key that ``token`` is, or None. Raises StoreError."""
        now_s, mark = self._clock_s(), hashlib.sha256(token.encode(errors="replace")).digest()
        key, seen_s = self._known.get(mark, (None, -GRACE_S))
        if key is not None and now_s - seen_s < FRESH_S:
            return key
        try:
            found = await self._ring.find(token)
        except StoreError:
            if key is not None and now_s - seen_s < GRACE_S:
                return key
            raise
        self._known.pop(mark, None)  # what is put in again is the youngest
        if found is not None:
            self._known[mark] = found, now_s
            if len(self._known) > _MOST_KNOWN:
                del self._known[next(iter(self._known))]
        return found

    async def in_use(self) -> bool:
        """Tell whether a key was ever made, as far as is known: an unreachable store tells none."""
        now_s = self._clock_s()
        if not self._in_use and now_s - self._asked_s >= FRESH_S:
            with suppress(StoreError):
                self._in_use = await self._ring.in_use()
            self._asked_s = now_s  # only now: nobody comes in on an answer that is not there yet
        return self._in_use


class Access:
    """Decides who is asking. ``required``: nobody comes in without a key, come what may."""

    def __init__(self, keys: KnownKeys, *, required: bool, metrics_token: str | None) -> None:
        self._keys = keys
        self._required = required
        self._metrics_token = metrics_token

    async def caller(self, scope: HTTPScope) -> ApiKey | None:
        """Return the caller's key, or None for the public. Raises ProblemError and StoreError."""
        token = _token(scope)
        if scope["path"] == METRICS and self._metrics_token is not None:
            self._check_metrics(token)
            return None
        if token is not None:
            found = await self._keys.find(token)
            # Figures tell of all tenants, so no tenant's key opens them.
            if found is not None and scope["path"] != METRICS:
                return found
            raise _refused('error="invalid_token"', "the API key is not valid")
        if self._required or await self._keys.in_use():
            raise _refused("", "send an API key as a bearer token")
        return None

    def _check_metrics(self, token: str | None) -> None:
        expected = (self._metrics_token or "").encode()
        if token is None or not hmac.compare_digest(token.encode(errors="replace"), expected):
            raise _refused("", "the metrics have a token of their own")


def is_open(scope: HTTPScope) -> bool:
    """Tell whether anybody may ask for this address, with or without a key.

    A browser asks by OPTIONS before it sends a key; that tells methods and nothing else.
    """
    path = scope["path"]
    if scope["method"] == "OPTIONS" or path in _OPEN:
        return True
    return path.startswith(_OPEN_BELOW) and ".." not in path


def tenant_of(key: ApiKey | None) -> str:
    """Return whose results the holder of a key sees."""
    return PUBLIC if key is None else key.tenant


def _token(scope: HTTPScope) -> str | None:
    """Return the bearer token that was sent, or None if nothing was."""
    sent = [value for name, value in scope["headers"] if name == b"authorization"]
    if not sent:
        return None
    scheme, _, token = sent[0].decode("latin-1").partition(" ")
    if len(sent) > 1 or scheme.lower() != "bearer":
        raise _refused('error="invalid_request"', "send one API key, as a bearer token")
    return token.strip()


def _refused(error: str, detail: str) -> ProblemError:
    challenge = ", ".join(filter(None, (_CHALLENGE, error)))
    return ProblemError(UNAUTHENTICATED, detail, headers={"WWW-Authenticate": challenge})
