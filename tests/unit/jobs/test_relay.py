"""Whoever waits for a result hears of every chunk once, in whatever order things happen."""

import asyncio
from collections.abc import Sequence

import pytest

from groundwork.errors import StoreError
from groundwork.jobs.relay import Relay
from schemas.result import Item, ItemStatus, Kind
from schemas.span import Span

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Ear:
    """Remembers what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, int, list[str]]] = []

    async def __call__(self, items: Sequence[Item], chunk: int, chunks: int) -> None:
        await asyncio.sleep(0)
        self.heard.append((chunk, chunks, [item.text for item in items]))


def item(text: str) -> Item:
    evidence = [Span(start=0, end=len(text), quote=text)]
    status = ItemStatus.VERIFIED
    return Item(id="1", kind=Kind.PLAN, text=text, section=[], evidence=evidence, status=status)


async def test_a_late_listener_hears_everything_once() -> None:
    relay, early, late = Relay(), Ear(), Ear()
    relay.join(early)
    await relay.tell([item("甲")], 0, 3)
    listener = relay.join(late)
    await asyncio.gather(relay.tell([item("乙")], 2, 3), relay.catch_up(listener))
    await relay.tell([item("甲")], 0, 3)  # by the next maker, which began anew
    expected = [(0, 3, ["甲"]), (2, 3, ["乙"])]
    assert early.heard == expected
    assert sorted(late.heard) == expected
    relay.leave(listener)
    await relay.tell([], 1, 3)
    assert (len(early.heard), len(late.heard)) == (3, 2)


async def test_other_processes_hear_what_was_told_since() -> None:
    here, there, ear = Relay(), Relay(), Ear()
    told: list[bytes] = []

    async def tell(what: bytes) -> None:
        told.append(what)

    async def since(after: int) -> list[bytes]:
        return told[after:]

    there.join(ear)
    everywhere = here.telling(tell)
    await everywhere([item("甲")], 1, 2)
    await there.hear(since)
    await everywhere([item("乙")], 0, 2)
    await there.hear(since)
    assert ear.heard == [(1, 2, ["甲"]), (0, 2, ["乙"])]


async def test_what_cannot_be_told_is_no_failure() -> None:
    relay, ear = Relay(), Ear()
    relay.join(ear)

    async def down(_: object) -> list[bytes]:
        raise StoreError("down")

    async def garbage(_: int) -> list[bytes]:
        return [b"not ours"]

    async def refuse(_: bytes) -> None:
        raise StoreError("full")

    await relay.hear(down)
    await relay.hear(garbage)
    await relay.telling(refuse)([item("甲")], 0, 1)
    assert ear.heard == [(0, 1, ["甲"])]
