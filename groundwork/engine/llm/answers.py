"""Answers kept by what was asked, so that an edited report pays only for what changed.

The key covers everything that can change an answer: endpoint, model, options, prompt and the very
words of the question. The items are kept as the model left them after mending; they are judged
again whenever they are read.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from typing import Final

from groundwork.engine.llm.config import Memory
from groundwork.engine.llm.protocol import Item, Misread
from groundwork.errors import StoreError

_LOG = logging.getLogger(__name__)

KEPT_S: Final = 7 * 24 * 3600


class Answers:
    """The kept answers of one model under one prompt. A memory that fails has kept none."""

    def __init__(self, memory: Memory | None, asked_how: str) -> None:
        self._memory = memory
        self._asked_how = asked_how

    async def find(self, question: str) -> list[object] | None:
        """Return the raw items once answered to ``question``, or None."""
        if self._memory is None:
            return None
        try:
            raw = await self._memory.get(self._key(question))
            items = json.loads(raw) if raw else None
        except (StoreError, ValueError) as error:
            _LOG.warning("no kept answer: %s", type(error).__name__)
            return None
        return items if isinstance(items, list) else None

    async def keep(self, question: str, items: Sequence[Item | Misread]) -> None:
        """Keep the items, unless some of them are none of ours."""
        if self._memory is None or any(isinstance(item, Misread) for item in items):
            return
        raw = [item.model_dump(mode="json") for item in items if isinstance(item, Item)]
        try:
            await self._memory.put(self._key(question), json.dumps(raw).encode(), KEPT_S)
        except StoreError as error:
            _LOG.warning("answer not kept: %s", type(error).__name__)

    def _key(self, question: str) -> str:
        told = f"{self._asked_how}\n{question}".encode(errors="replace")
        return "llm:answer:1:" + hashlib.sha256(told).hexdigest()
