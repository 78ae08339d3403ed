"""The viewer: its page at ``/``, its files under ``/viewer/``.

The files are read once, when the application is made, and served from memory: there is no path
to climb out of. A browser asks for them again on each visit and mostly hears that it has them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

from litestar import Response, Router, get
from litestar.params import FromPath

from api import caching
from api.errors import NOT_FOUND, AnyRequest, ProblemError

_FOLDER: Final = Path(__file__).parent / "viewer"
_PAGE: Final = "index.html"
_ENGINE: Final = b'<meta name="engine" content="rules">'
_MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""No inline script or style, no eval, no other host, and no string ever becomes markup."""


@dataclass(frozen=True, slots=True)
class _Asset:
    body: bytes
    media_type: str
    tag: str


def viewer_router(engine: str) -> Router:
    """Return the routes of the viewer, its files in memory.

    The page is told which engine it will wait for: rules answer at once, a model takes a while.
    """
    assets = {
        path.relative_to(_FOLDER).as_posix(): _asset(path.read_bytes(), _MEDIA_TYPES[path.suffix])
        for path in sorted(_FOLDER.rglob("*"))
        if path.suffix in _MEDIA_TYPES
    }
    told = _ENGINE.replace(b"rules", escape(engine).encode())
    assets[_PAGE] = _asset(assets[_PAGE].body.replace(_ENGINE, told), "text/html")

    @get("/", include_in_schema=False, sync_to_thread=False)
    def viewer_page(request: AnyRequest) -> Response[Any]:
        """Return the page."""
        return _answer(request, assets[_PAGE])

    @get("/viewer/{path:path}", include_in_schema=False, sync_to_thread=False)
    def viewer_file(path: FromPath[str], request: AnyRequest) -> Response[Any]:
        """Return a file that the page loads."""
        asset = assets.get(str(path).lstrip("/"))
        if asset is None:
            raise ProblemError(NOT_FOUND, "no such file of the viewer")
        return _answer(request, asset)

    return Router("/", route_handlers=[viewer_page, viewer_file], include_in_schema=False)


def _asset(body: bytes, media_type: str) -> _Asset:
    return _Asset(body, media_type, caching.etag(body))


def _answer(request: AnyRequest, asset: _Asset) -> Response[Any]:
    headers = {"Cache-Control": "no-cache", "ETag": asset.tag}
    if asset.media_type.startswith("text/html"):
        headers["Content-Security-Policy"] = POLICY
    if caching.matches(request.headers.get("if-none-match"), asset.tag):
        return Response(None, status_code=304, headers=headers)
    return Response(asset.body, media_type=asset.media_type, headers=headers)
