"""The door: who is asking, and how often; then the request goes on under its tenant's name.

It stands before the framework's routes, so that no route can be forgotten.
"""

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from api.auth import Access, is_open, tenant_of
from api.errors import ProblemError, send_problem
from api.limits import Limiter
from groundwork.errors import StoreError
from groundwork.store.keyring import ApiKey
from groundwork.store.keys import PUBLIC


class Door:
    """Lets a request in with its tenant in ``scope["state"]["tenant"]``, or answers it."""

    def __init__(self, app: ASGIApp, access: Access, limiter: Limiter | None) -> None:
        self._app = app
        self._access = access
        self._limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if it may come in."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["tenant"] = PUBLIC
        told: dict[str, str] = {}
        if not is_open(scope):
            try:
                key, told = await self._let_in(scope)
            except (ProblemError, StoreError) as error:
                await send_problem(error, scope, send)
                return
            state["tenant"] = tenant_of(key)
            state["key_id"] = key.id if key else None
        await self._app(scope, receive, _telling(send, told) if told else send)

    async def _let_in(self, scope: HTTPScope) -> tuple[ApiKey | None, dict[str, str]]:
        """Return who it is and what to tell them of their limit; guessing at keys counts, too."""
        try:
            key = await self._access.caller(scope)
        except ProblemError:
            if self._limiter is not None:
                await self._limiter.take(_name(scope, None))
            raise
        return key, await self._limiter.take(_name(scope, key)) if self._limiter else {}


def _name(scope: HTTPScope, key: ApiKey | None) -> str:
    """Return whose bucket a request is counted in."""
    if key is not None:
        return f"key:{key.id}"
    client = scope.get("client")
    return f"address:{client[0] if client else 'local'}"


def _telling(send: Send, headers: dict[str, str]) -> Send:
    more = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *more]
        await send(message)

    return send_with_headers
