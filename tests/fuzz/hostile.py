"""Making requests that nobody should send: from a seed, so that each can be had again."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

ADDRESSES: Final = (
    "/v1/reports",
    "/v1/quantities",
    "/v1/verifications",
    "/v1/estimates",
    "/v1/comparisons",
    "/v1/reports?offset_unit=utf16",
    "/v1/verifications?offset_unit=utf16",
)
KINDS: Final = (
    "application/json",
    "text/plain",
    "text/plain; charset=gb18030",
    "text/plain; charset=" + "x" * 300,
    "text/markdown",
    "text/html",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/octet-stream",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "application/json; charset=utf-16",
    "image/png",
    "",
)
WORDS: Final = (
    "新增",
    "高新技术企业",
    "同比增长",
    "下降",
    "42家",
    "xx家",
    "*%",
    "１２．５％",
    "150亿元",
    "三点五亿",
    "百分之",
    "一、",
    "（二）",
    "2023年",
    "20-年5月",
    "翻一番",
    "-",
    "~",
    "至",
    "家" * 50,
    "9" * 400,
    "0." + "0" * 300 + "1",
    "1e999",
    "一" * 200,
    "万" * 40,
    "亿亿亿",
    "零" * 60,
    "點",
    "區(qū)",
    "\u200b",
    "\ufeff",
    "\x00",
    "\r",
    "\n",
    "\u2028",
    "𠮷",
    "👨‍👩‍👧",
    "ﷺ",
    "\u202e",
    "é",
    "A\u0301" * 30,
    "(" * 60,
    "【" * 40,
    "{{7*7}}",
    "<script>",
    "&#x0;",
    "%s%n",
    "../..",
    "' OR 1=1",
    "，" * 80,
    "。",
    "；",
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """One request."""

    address: str
    kind: str
    body: bytes
    headers: dict[str, str]


def requests(count: int, seed: int) -> Iterator[Hostile]:
    """Yield ``count`` requests, always the same ones for a seed."""
    dice = random.Random(seed)
    for _ in range(count):
        make = dice.choice(_MAKERS)
        kind, body = make(dice)
        if dice.random() < 0.3:
            body = _spoilt(dice, body)
        headers = dict(_odd_header(dice) for _ in range(dice.choice((0, 0, 1, 2))))
        yield Hostile(dice.choice(ADDRESSES), kind, body, headers)


def _text(dice: random.Random) -> str:
    words = dice.choices(WORDS, k=dice.choice((1, 3, 10, 40, 200)))
    return dice.choice(("", "，", "\n", " ")).join(words)


def _report(dice: random.Random) -> tuple[str, bytes]:
    return "application/json", json.dumps({"text": _text(dice)}).encode()


def _raw(dice: random.Random) -> tuple[str, bytes]:
    encoding = dice.choice(("utf-8", "gb18030", "utf-16", "utf-32", "big5", "latin-1"))
    return dice.choice(KINDS), _text(dice).encode(encoding, errors="replace")


def _claims(dice: random.Random) -> tuple[str, bytes]:
    source = _text(dice)
    spans = [
        {"start": dice.choice((0, 1, -1, 2**63, len(source))), "end": dice.choice((0, 1, 2**70, 5))}
        for _ in range(dice.choice((0, 1, 3)))
    ]
    claim = {"id": dice.choice(("1", "", "x" * 300)), "text": _text(dice), "spans": spans or None}
    body = {"source": source, "claims": [claim] * dice.choice((0, 1, 3, 30))}
    return "application/json", json.dumps(body).encode()


def _years(dice: random.Random) -> tuple[str, bytes]:
    body = {"last": {"text": _text(dice)}, "this": {"id": dice.choice(("0" * 64, "", "x"))}}
    return "application/json", json.dumps(body).encode()


def _tree(dice: random.Random) -> tuple[str, bytes]:
    opening, closing = dice.choice((("[", "]"), ('{"text":', "}"), ('{"claims":[', "]}")))
    depth = dice.choice((1, 50, 5_000))
    return "application/json", (opening * depth + dice.choice(("", "1")) + closing * depth).encode()


def _values(dice: random.Random) -> tuple[str, bytes]:
    value = dice.choice(
        ("NaN", "-Infinity", "1e400", "null", "true", '"\\ud800"', "9" * 5_000, "{}")
    )
    name = dice.choice(("text", "source", "claims", "filename", "last", "options", "__class__"))
    return "application/json", f'{{"{name}": {value}, "text": "3家"}}'.encode()


def _form(dice: random.Random) -> tuple[str, bytes]:
    name = dice.choice(("file", "", "a" * 500, "名"))
    heads = [f'Content-Disposition: form-data; name="{name}"; filename="{_text(dice)[:40]}"']
    heads += dice.choices(("Content-Type: text/plain", "Content-Type: \x00", "X: y", ":"), k=2)
    part = "--b\r\n" + "\r\n".join(heads) + "\r\n\r\n" + _text(dice) + "\r\n"
    whole = part * dice.choice((1, 2, 30)) + dice.choice(("--b--\r\n", "--b", ""))
    return "multipart/form-data; boundary=b", whole.encode(errors="replace")


def _file(dice: random.Random) -> tuple[str, bytes]:
    head = dice.choice((b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xfe"))
    return dice.choice(KINDS), head + dice.randbytes(dice.choice((0, 20, 2_000)))


def _page(dice: random.Random) -> tuple[str, bytes]:
    tag = dice.choice(("div", "table", "b", "svg", "a" * 200))
    depth = dice.choice((1, 30, 3_000))
    page = f"<html><body>{f'<{tag}>' * depth}{_text(dice)}"
    return "text/html", page.encode(errors="replace")


def _noise(dice: random.Random) -> tuple[str, bytes]:
    return dice.choice(KINDS), dice.randbytes(dice.choice((0, 1, 7, 300, 5_000)))


_MAKERS: Final[tuple[Callable[[random.Random], tuple[str, bytes]], ...]] = (
    _report,
    _raw,
    _claims,
    _years,
    _tree,
    _values,
    _form,
    _file,
    _page,
    _noise,
)


def _spoilt(dice: random.Random, body: bytes) -> bytes:
    """Cut, flip or double a piece."""
    at = dice.randrange(len(body) + 1)
    way = dice.choice(("cut", "flip", "double", "insert"))
    if way == "cut":
        return body[:at]
    if way == "flip":
        return body[:at] + dice.randbytes(1) + body[at + 1 :]
    if way == "double":
        return body[:at] + body[max(0, at - 50) :]
    return body[:at] + dice.randbytes(dice.choice((1, 4))) + body[at:]


def _odd_header(dice: random.Random) -> tuple[str, str]:
    name = dice.choice(
        (
            "cache-control",
            "accept",
            "idempotency-key",
            "x-request-id",
            "content-encoding",
            "authorization",
        )
    )
    value = dice.choice(
        ("", "no-cache", "only-if-cached", "no-store", "gzip", "*/*", "x" * 500, '"a"')
    )
    return name, value
