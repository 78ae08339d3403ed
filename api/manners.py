"""Manners of HTTP that the framework does not have by itself.

``OPTIONS`` and 405 name every method of an address, ``HEAD`` answers as ``GET`` would, a body that
came packed is refused with the reason, and below ``/schema`` what is not there is a problem like
any other.
"""

from typing import Any, Final

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from api.errors import NOT_FOUND, ProblemError, send_problem
from groundwork.errors import UnsupportedMediaError

_DOCUMENT: Final = "/schema"
_STREAMS: Final = ("/events", "/results")
"""Whose answers take their time: nobody waits for the length of what is thrown away."""


class Manners:
    """Passes requests to the routes, and mends what they answer."""

    def __init__(self, routes: ASGIApp, app: Litestar) -> None:
        self._routes = routes
        self._methods: dict[str, set[str]] = {}
        for route in app.routes:
            methods: set[str] = set(getattr(route, "methods", ()))
            if "GET" in methods and not route.path_format.endswith(_STREAMS):
                methods.add("HEAD")
            self._methods.setdefault(route.path_format, set()).update(methods)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say why not."""
        if scope["type"] != ScopeType.HTTP:
            await self._routes(scope, receive, send)
            return
        try:
            self._check(scope)
        except (ProblemError, UnsupportedMediaError) as error:
            await send_problem(error, scope, send)
            return
        head = scope["method"] == "HEAD" and not scope["path"].endswith(_STREAMS)
        asked: Any = {**scope, "method": "GET"} if head else scope

        async def mended(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._name_methods(message, asked)
            elif head:
                if message.get("more_body", False):
                    return
                message = {"type": "http.response.body", "body": b"", "more_body": False}
            await send(message)

        try:
            await self._routes(asked, receive, mended)
        finally:
            if "path_template" in asked:  # for the figures
                scope["path_template"] = asked["path_template"]

    def _check(self, scope: HTTPScope) -> None:
        """Refuse what no route would answer as it should."""
        path = scope["path"].rstrip("/")
        if path.startswith(f"{_DOCUMENT}/") and path not in self._methods:
            raise ProblemError(NOT_FOUND, "the document is at /schema/openapi.json")
        for name, value in scope["headers"]:
            if name == b"content-encoding" and value.strip().lower() not in {b"", b"identity"}:
                raise UnsupportedMediaError("send the body as it is, without Content-Encoding")

    def _name_methods(self, message: Any, scope: Any) -> None:
        if scope["method"] != "OPTIONS" and message["status"] != 405:
            return
        methods = self._methods.get(scope.get("path_template") or "")
        if methods is None:  # a refused method reaches no route; the framework names the others
            named = dict(message["headers"]).get(b"allow", b"").decode()
            methods = set(filter(None, named.split(", ")))
            if "GET" in methods and not scope["path"].endswith(_STREAMS):
                methods.add("HEAD")
        if methods:
            others = [pair for pair in message["headers"] if pair[0] != b"allow"]
            message["headers"] = [*others, (b"allow", ", ".join(sorted(methods)).encode())]
