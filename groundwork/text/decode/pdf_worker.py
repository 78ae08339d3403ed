"""Runs in a process of its own: PDF bytes on standard input, text as JSON on standard output.

A PDF can be made to exhaust memory or time, or to crash a reader written in C. Here that ends this
process and no other. It imports nothing of ours, so that it starts quickly.
"""

import json
import sys
import time
from typing import Any, Final

_MOST_PAGES: Final = 3_000
_MOST_CHARACTERS: Final = 20_000_000
_MOST_MEMORY: Final = 1_000_000_000
_MOST_SECONDS: Final = 20


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(data: bytes) -> dict[str, Any]:
    """Return ``{"pages": [text, ...]}``, or ``{"error": word}``."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 -- after the limits are set

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": "encrypted" if "assword" in str(error) else "broken"}
    if len(document) > _MOST_PAGES:
        return {"error": "too large"}
    pages: list[str] = []
    characters = 0
    started = time.monotonic()
    for page in document:
        textpage = page.get_textpage()
        pages.append(textpage.get_text_range())
        textpage.close()
        page.close()
        characters += len(pages[-1])
        if characters > _MOST_CHARACTERS or time.monotonic() - started > _MOST_SECONDS:
            return {"error": "too large"}
    return {"pages": pages}


def main() -> None:
    """Read standard input and answer once."""
    _limit()
    try:
        answer = _read(sys.stdin.buffer.read())
    except MemoryError:
        answer = {"error": "too large"}
    except Exception:  # whatever a forged file provokes, the answer is the same
        answer = {"error": "broken"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
