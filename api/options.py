"""``OPTIONS``: which methods an address has.

The framework answers it, but where an address has handlers of several methods it names only those
it had met when it made the first; here its answer is put right.
"""

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send


class TrueAllow:
    """Lets ``Allow`` list every method of an address."""

    def __init__(self, routes: ASGIApp, app: Litestar) -> None:
        self._routes = routes
        self._methods: dict[str, set[str]] = {}
        for route in app.routes:
            self._methods.setdefault(route.path_format, set()).update(getattr(route, "methods", ()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and mend what answers OPTIONS."""
        if scope["type"] != ScopeType.HTTP or scope["method"] != "OPTIONS":
            await self._routes(scope, receive, send)
            return

        async def mended(message: Message) -> None:
            methods = self._methods.get(scope.get("path_template") or "")
            if message["type"] == "http.response.start" and methods:
                allow = (b"allow", ", ".join(sorted(methods)).encode())
                others = [pair for pair in message["headers"] if pair[0] != b"allow"]
                message["headers"] = [*others, allow]
            await send(message)

        await self._routes(scope, receive, mended)
