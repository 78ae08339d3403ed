"""What operations have in common, written once: keys, limits, and requests sent again."""

from dataclasses import replace
from typing import Any, Final

from api import errors
from api.openapi.parts import Operation, asked, header, wish
from groundwork.errors import StoreUnavailableError
from schemas.problem import type_of

SECURITY_SCHEMES: Final[dict[str, Any]] = {
    "apiKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "由 `groundwork keys add` 生成的密钥。尚无密钥时，本机访问无需密钥。",
    }
}

OFFSET_UNIT: Final = asked(
    "offset_unit",
    "What offsets count: code points, or the UTF-16 units of JavaScript and Java strings. Quotes"
    " stay the same.",
    {"type": "string", "enum": ["code_point", "utf16"], "default": "code_point"},
    "utf16",
)
_IDEMPOTENCY_KEY: Final = wish(
    "Idempotency-Key",
    "A name of your own for this request: sent again under it, it is answered as the first time.",
    '"5f0c1c3e-9a7b-4d0e-8f2a-6b1c"',
)
_REPLAYED: Final = {
    "Idempotency-Replayed": header("`true` when this answer was given before.", "true")
}
_LIMITS: Final = {
    "RateLimit": header("What is left of the limit (IETF draft).", '"default";r=599;t=1'),
    "RateLimit-Policy": header("The limit, where there is one.", '"default";q=600;w=60'),
}
_OF_KEYS: Final = (
    errors.UNAUTHENTICATED,
    errors.RATE_LIMITED,
    type_of(StoreUnavailableError),
)
_OF_REPEATING: Final = (errors.BAD_REQUEST, errors.STILL_RUNNING, errors.KEY_REUSED)


def with_common(operation: Operation, path: str, method: str) -> Operation:
    """Return an operation with what its address and method bring along."""
    if not path.startswith("/v1/"):
        return operation
    problems, headers = [*operation.problems, *_OF_KEYS], dict(_LIMITS)
    parameters = list(operation.parameters)
    if method == "post":
        problems += _OF_REPEATING
        headers |= _REPLAYED
        parameters.append(_IDEMPOTENCY_KEY)
    answers = {
        status: {**answer, "headers": {**answer.get("headers", {}), **headers}}
        for status, answer in operation.answers.items()
    }
    once = tuple(dict.fromkeys(problems))
    return replace(operation, answers=answers, problems=once, parameters=parameters)


def secured(path: str) -> list[dict[str, list[str]]]:
    """Return what an address asks for: a key, or nothing where no key was ever made."""
    return [{"apiKey": []}, {}] if path.startswith("/v1/") else []
