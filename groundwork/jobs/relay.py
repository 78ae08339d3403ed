"""Telling everybody who waits for one result what its maker finds, a chunk at a time.

Whoever comes late, or to another process, hears from the beginning; nobody hears a chunk twice,
not even when the maker died and the next one began anew. What is found is preliminary: the result
itself is what counts, and a chunk that could not be told is no failure.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog
from pydantic import TypeAdapter, ValidationError

from groundwork.errors import StoreError
from groundwork.pipeline import OnItems
from schemas.result import Item

_CHUNK: Final = TypeAdapter(tuple[int, int, list[Item]])

Tell = Callable[[bytes], Awaitable[None]]
"""Tells other processes of a chunk. May raise StoreError."""
Told = Callable[[int], Awaitable[list[bytes]]]
"""Returns what other processes told, but for the first so many. May raise StoreError."""


@dataclass(eq=False, slots=True)
class Listener:
    """Somebody who wants to hear, and the chunks that were told already."""

    on_items: OnItems
    heard: set[int] = field(default_factory=set)


class Relay:
    """What was found so far for one result, and who wants to hear of it."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[Sequence[Item], int]] = {}
        self._listeners: list[Listener] = []
        self._read = 0

    @property
    def has_listeners(self) -> bool:
        """Whether anybody wants to hear."""
        return bool(self._listeners)

    def join(self, on_items: OnItems) -> Listener:
        """Let somebody hear of every chunk from now on."""
        listener = Listener(on_items)
        self._listeners.append(listener)
        return listener

    async def catch_up(self, listener: Listener) -> None:
        """Tell ``listener`` what was found before."""
        for chunk in list(self._found):
            await self._send(listener, chunk)

    def leave(self, listener: Listener) -> None:
        """Tell ``listener`` nothing any more."""
        self._listeners.remove(listener)

    async def tell(self, items: Sequence[Item], chunk: int, chunks: int) -> None:
        """Tell all who listen of the items of a chunk."""
        self._found.setdefault(chunk, (items, chunks))
        for listener in list(self._listeners):
            await self._send(listener, chunk)

    def telling(self, others: Tell) -> OnItems:
        """Return ``tell``, which tells other processes as well."""

        async def everywhere(items: Sequence[Item], chunk: int, chunks: int) -> None:
            try:
                await others(_CHUNK.dump_json((chunk, chunks, list(items))))
            except StoreError as error:  # they will have the result itself
                _log(str(error))
            await self.tell(items, chunk, chunks)

        return everywhere

    async def hear(self, told: Told) -> None:
        """Tell all who listen what another process has found since the last time."""
        try:
            for packed in await told(self._read):
                self._read += 1
                chunk, chunks, items = _CHUNK.validate_json(packed)
                await self.tell(items, chunk, chunks)
        except StoreError as error:
            _log(str(error))
        except ValidationError:
            _log("what was told is not ours")

    async def _send(self, listener: Listener, chunk: int) -> None:
        if chunk not in listener.heard:
            listener.heard.add(chunk)  # before it is awaited, so that no two tell it
            items, chunks = self._found[chunk]
            await listener.on_items(items, chunk, chunks)


def _log(reason: str) -> None:
    structlog.get_logger().warning("items not relayed", reason=reason)
