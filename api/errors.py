"""Every error a caller can meet: one table, one body (RFC 9457), whoever raised it.

A caller never sees a traceback, the words of a library, or the report's text.
"""

from dataclasses import dataclass
from typing import Any, Final

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import Scope, Send

from groundwork import errors
from schemas.problem import FieldProblem, Problem, ProblemType, type_of

PROBLEM_JSON: Final = "application/problem+json"

AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status, and what it is called in both languages."""

    status: int
    title: str
    zh: str


MALFORMED_BODY: Final = "/problems/malformed-body"
INVALID_BODY: Final = "/problems/invalid-body"
NOT_FOUND: Final = "/problems/not-found"
METHOD_NOT_ALLOWED: Final = "/problems/method-not-allowed"
SLOW_BODY: Final = "/problems/slow-body"
TIMEOUT: Final = "/problems/timeout"
NOT_CACHED: Final = "/problems/not-cached"
BAD_REQUEST: Final = "/problems/bad-request"
UNAUTHENTICATED: Final = "/problems/unauthenticated"
RATE_LIMITED: Final = "/problems/rate-limited"
STILL_RUNNING: Final = "/problems/still-running"
KEY_REUSED: Final = "/problems/key-reused"
INTERNAL: Final = "/problems/internal"

KINDS: Final[dict[str, Kind]] = {
    MALFORMED_BODY: Kind(
        400, "The body cannot be parsed", "请求体无法解析。JSON 须为 UTF-8 编码，格式正确。"
    ),
    BAD_REQUEST: Kind(400, "The request cannot be understood", "无法理解该请求。"),
    UNAUTHENTICATED: Kind(
        401, "An API key is needed", "需要有效的 API 密钥，请放在 Authorization: Bearer 请求头中。"
    ),
    NOT_FOUND: Kind(404, "There is nothing here", "没有该资源：地址有误，或结果已过保存期限。"),
    METHOD_NOT_ALLOWED: Kind(
        405, "The method is not allowed here", "该地址不支持此请求方法，可用方法见 Allow 响应头。"
    ),
    SLOW_BODY: Kind(408, "The body came too slowly", "请求体传输超时，请重试。"),
    STILL_RUNNING: Kind(
        409, "The first request is still running", "同一 Idempotency-Key 的请求处理中，请稍后再试。"
    ),
    type_of(errors.TooLargeError): Kind(
        413, "There is too much of it", "内容超出上限，请拆分后分别提交。"
    ),
    type_of(errors.UnsupportedMediaError): Kind(
        415, "This kind of file is not read", "不支持该文件类型，请提交支持的类型。"
    ),
    INVALID_BODY: Kind(
        422, "The body does not fit", "请求体的字段不符合要求，errors 逐条指出位置。"
    ),
    KEY_REUSED: Kind(
        422,
        "The Idempotency-Key belongs to another request",
        "该 Idempotency-Key 已用于另一请求，新的请求请换用新的键。",
    ),
    type_of(errors.EmptyTextError): Kind(422, "The text is empty", "文本为空。请提供报告正文。"),
    type_of(errors.DecodingError): Kind(
        422, "The bytes are no text", "无法识别文本编码，请改用 UTF-8 或 GB18030。"
    ),
    type_of(errors.UnreadableFileError): Kind(
        422, "The file cannot be read", "文件已损坏、加密，或是没有文字层的扫描件。"
    ),
    type_of(errors.SpanError): Kind(
        422, "A range lies outside its text", "区间为空、颠倒或超出文本范围。"
    ),
    type_of(errors.InputError): Kind(422, "The input cannot be processed", "输入内容无法处理。"),
    RATE_LIMITED: Kind(429, "Too many requests", "请求过于频繁，请按 Retry-After 响应头稍后重试。"),
    INTERNAL: Kind(500, "Something went wrong here", "服务内部错误，请凭 request_id 查找日志。"),
    type_of(errors.EngineError): Kind(
        502, "The engine failed", "抽取引擎未能给出结果，请稍后重试。"
    ),
    type_of(errors.StoreUnavailableError): Kind(
        503, "The store cannot be reached", "结果存储暂时不可用，请稍后重试。"
    ),
    type_of(errors.StoreError): Kind(503, "The store failed", "结果存储出错，请稍后重试。"),
    TIMEOUT: Kind(504, "It took too long", "处理超时，请拆分文本或稍后重试。"),
    NOT_CACHED: Kind(504, "There is no kept result", "要求只用缓存，但没有已保存的结果。"),
}
"""By ``type``. The types of core errors are their names, so every interface says the same."""

_RETRY_AFTER_S: Final = {409: "1", 502: "5", 503: "2"}

_BY_STATUS: Final = {
    404: NOT_FOUND,
    405: METHOD_NOT_ALLOWED,
    413: type_of(errors.TooLargeError),
    415: type_of(errors.UnsupportedMediaError),
}


class ProblemError(Exception):
    """A problem that only HTTP has: bodies, deadlines, addresses."""

    def __init__(
        self,
        kind: str,
        detail: str,
        fields: tuple[FieldProblem, ...] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = kind
        self.fields = fields
        self.headers = headers or {}


def to_response(request: AnyRequest, error: Exception) -> Response[bytes]:
    """Answer any error with problem details; what we did not foresee is logged and says little."""
    if isinstance(error, HTTPException) and error.status_code == 413:
        most = request.route_handler.resolve_request_max_body_size()
        error = errors.TooLargeError(f"a body has at most {most} bytes here")
    body, headers = _told(error, request.scope)
    return Response(
        body.model_dump_json(exclude_none=True).encode(),
        status_code=body.status,
        media_type=PROBLEM_JSON,
        headers=headers,
    )


async def send_problem(error: Exception, scope: Scope, send: Send) -> None:
    """Answer an error where the framework is not asked at all: before its routes."""
    told, headers = _told(error, scope)
    body = told.model_dump_json(exclude_none=True).encode()
    headers |= {"Content-Type": PROBLEM_JSON, "Content-Length": str(len(body))}
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": told.status, "headers": pairs})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _told(error: Exception, scope: Scope) -> tuple[Problem, dict[str, str]]:
    """Return the body and the headers that tell of an error."""
    kind = _kind_of(error)
    headers = {"Cache-Control": "no-store", **(getattr(error, "headers", None) or {})}
    if retry_after_s := _RETRY_AFTER_S.get(KINDS[kind].status):
        headers["Retry-After"] = retry_after_s
    if kind == INTERNAL:
        _log_unforeseen(error)
    fields = error.fields if isinstance(error, ProblemError) else ()
    request_id = scope.get("state", {}).get("request_id")
    return problem(kind, _detail_of(error, kind), fields, request_id), headers


def problem(
    kind: str, detail: str, fields: tuple[FieldProblem, ...] = (), request_id: str | None = None
) -> Problem:
    """Make the body that tells of a problem."""
    known = KINDS[kind]
    return Problem(
        type=kind,
        title=known.title,
        zh=known.zh,
        status=known.status,
        detail=detail,
        errors=list(fields) or None,
        request_id=request_id,
    )


def explain(kind: str) -> ProblemType | None:
    """Return what a ``type`` means, or None when there is no such type."""
    known = KINDS.get(kind)
    if known is None:
        return None
    return ProblemType(type=kind, title=known.title, zh=known.zh, status=known.status)


def _kind_of(error: Exception) -> str:
    if isinstance(error, ProblemError):
        return error.kind
    if isinstance(error, errors.GroundworkError):
        names = (type_of(ancestor) for ancestor in type(error).__mro__[:-1])
        return next((name for name in names if name in KINDS), INTERNAL)
    if isinstance(error, HTTPException):
        by_default = INTERNAL if error.status_code >= 500 else BAD_REQUEST
        return _BY_STATUS.get(error.status_code, by_default)
    return INTERNAL


def _detail_of(error: Exception, kind: str) -> str:
    """Our own errors say what happened, without report text; others might quote it."""
    if isinstance(error, ProblemError | errors.GroundworkError) and str(error):
        return str(error)
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        names = (str(each["key"])[:40] for each in error.extra if "key" in each)
        return f"parameters that do not fit: {', '.join(names)}"
    return KINDS[kind].title


def _log_unforeseen(error: Exception) -> None:
    """Log where an error came from, but not its message, which may quote the report."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    structlog.get_logger().error("unforeseen", error=type(error).__name__, frames=frames[-12:])
