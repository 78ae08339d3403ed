r"""Find the items in whatever a model answered.

Models that nothing holds to a form wrap their JSON in a code fence, think aloud before it, or
write a sentence around it. The object that holds ``items`` is taken wherever it stands; a bare
list counts as the items.

Errors
    ``Unreadable``: no such object. Its message never quotes the answer.
"""

import json
import re
from typing import Any, Final

from groundwork.engine.llm.trouble import Unreadable

_THOUGHT: Final = "</think>"
_START: Final = re.compile(r"[{\[]")
_TRIES: Final = 40
MAX_ANSWER: Final = 400_000
"""Longest answer in characters that is looked at."""


def read_answer(text: str) -> list[Any]:
    r"""Return the raw items of an answer.

    >>> read_answer('<think>[1] 像是计划</think>好的:\n```json\n{"items": [{"kind": "plan"}]}\n```')
    [{'kind': 'plan'}]
    """
    if not text.strip():
        raise Unreadable("the answer is blank")
    body = text[:MAX_ANSWER]
    if _THOUGHT in body:
        body = body.rpartition(_THOUGHT)[2]
    elif body.lstrip().startswith("<think>"):
        raise Unreadable("the answer is an unfinished thought")
    for value in _values(body):
        items = _items(value)
        if items is not None:
            return items
    raise Unreadable("the answer holds no JSON with items")


def _values(body: str) -> list[Any]:
    """Decode every JSON value that begins outside another; few tries, so that it stays linear."""
    decoder = json.JSONDecoder()
    found: list[Any] = []
    at = 0
    for _ in range(_TRIES):
        start = _START.search(body, at)
        if start is None:
            break
        try:
            value, at = decoder.raw_decode(body, start.start())
        except (ValueError, RecursionError):
            at = start.end()
        else:
            found.append(value)
    return found


def _items(value: object) -> list[Any] | None:
    if isinstance(value, dict):
        items = value.get("items")
        return items if isinstance(items, list) else None
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        return value
    return None
