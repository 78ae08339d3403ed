"""Send back what does not stand, and only that, at most twice.

An item fails when its form is none of ours, when its words are not those of its sentences, or
when verification objects to a number. The re-ask holds the failed items, the sentences they cite
and the reasons. What still fails keeps its last wording: the pipeline repairs or refuses it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from groundwork.engine.base import Objections
from groundwork.engine.llm.chunks import Chunk
from groundwork.engine.llm.protocol import Item, Misread, read_items
from groundwork.engine.llm.render import Failure, correction
from groundwork.engine.llm.trouble import Trouble
from groundwork.engine.llm.wording import (
    NOT_THEIR_WORDS,
    claims_of,
    is_faithful,
    nearest,
    placed,
    salvaged,
)
from groundwork.text.document import CleanText
from schemas.result import Kind

TWO_KINDS: Final = "这一整句已列为另一类;整句只能归一类,若句中类别有变化,请用 text 各取一部分"

Ask = Callable[[str, int], Awaitable[list[object]]]
"""Takes the text of a re-ask and the number of items in it; returns raw items."""


@dataclass(frozen=True, slots=True)
class Mended:
    """The items of a chunk after mending, in their order."""

    items: tuple[Item | Misread, ...]
    given_up: str | None = None
    """Why mending ended before its rounds did, if it did."""


@dataclass(frozen=True, slots=True)
class Mender:
    """Judges the items of one chunk and asks again for those that fail."""

    chunk: Chunk
    clean: CleanText
    objections: Objections
    rounds: int

    async def mend(self, items: Sequence[Item | Misread], ask: Ask) -> Mended:
        """Return the items, those that failed replaced where the model mended them."""
        current = [self._placed(item) for item in items]
        for _ in range(self.rounds):
            failed = self._failed(current)
            if not failed:
                break
            failures = [failure for _, failure in failed]
            cited = self._cited(failures)
            try:
                raw = await ask(correction(self.chunk, failures, cited), len(failures))
            except Trouble as trouble:
                return Mended(tuple(current), str(trouble))
            good, _ = read_items(raw, frozenset(cited))
            answers = [placed(self.chunk, item) for item in good]
            faulty = {at for at, _ in failed}
            stand = [item for at, item in enumerate(current) if at not in faulty]
            for at, better in _matched(failed, [item for item in answers if item not in stand]):
                current[at] = better
        return Mended(tuple(current))

    def _failed(self, items: Sequence[Item | Misread]) -> list[tuple[int, Failure]]:
        """Return what failed and can be mended, with its place."""
        twice = claimed_twice(items)
        failed = []
        for at, item in enumerate(items):
            if self._says_nothing(item):
                continue
            failure = Failure(item, (TWO_KINDS,)) if at in twice else self.fault(item)
            if failure is not None:
                failed.append((at, failure))
        return failed

    def fault(self, item: Item | Misread) -> Failure | None:
        """Return what is wrong with an item, or None when it stands."""
        if isinstance(item, Misread):
            return Failure(item, (item.reason,))
        if item.text is None:
            return None  # The source's own sentences.
        if not is_faithful(self.chunk, item):
            return Failure(item, (NOT_THEIR_WORDS,))
        reasons = [
            reason
            for claim in claims_of(self.chunk, self.clean, item)
            for reason in self.objections(claim)
        ]
        return Failure(item, tuple(reasons)) if reasons else None

    def _placed(self, item: Item | Misread) -> Item | Misread:
        """Let words stand where they do; numbers that do not exist are sent back all the same."""
        if isinstance(item, Item):
            return placed(self.chunk, item)
        if any(number in self.chunk.known for number in item.cited):
            return item
        found = salvaged(self.chunk, item)
        return placed(self.chunk, found) if isinstance(found, Item) else found

    def _says_nothing(self, item: Item | Misread) -> bool:
        """Whether an item has no words and cites nothing that exists: there is nothing to mend."""
        if isinstance(item, Item) or item.text.strip():
            return False
        return not any(number in self.chunk.known for number in item.cited)

    def _cited(self, failures: Sequence[Failure]) -> list[int]:
        """Return the sentences that a re-ask must show; the nearest one where none was cited."""
        cited: set[int] = set()
        for failure in failures:
            item = failure.item
            if isinstance(item, Item):
                cited.update(item.sentences)
                continue
            known = {number for number in item.cited if number in self.chunk.known}
            cited |= known or {nearest(self.chunk, item.text)}
        return sorted(cited)


def claimed_twice(items: Sequence[Item | Misread]) -> frozenset[int]:
    """Return the places of items that claim a whole sentence which was claimed under another kind.

    A sentence can hold two kinds, but only in two parts of it.
    """
    kinds: dict[int, Kind] = {}
    twice = set()
    for at, item in enumerate(items):
        if isinstance(item, Misread) or item.text is not None:
            continue
        if any(kinds.setdefault(n, item.kind) is not item.kind for n in item.sentences):
            twice.add(at)
    return frozenset(twice)


def _matched(
    failed: Sequence[tuple[int, Failure]], answers: Sequence[Item]
) -> list[tuple[int, Item]]:
    """Pair failed items with their corrections, in order.

    A correction shares a sentence with the item it mends. An item that cited none that exists
    takes what is then left.
    """
    left = list(answers)
    pairs: list[tuple[int, Item]] = []
    for at, failure in failed:
        if isinstance(failure.item, Item):
            mine = set(failure.item.sentences)
            match = next((answer for answer in left if mine & set(answer.sentences)), None)
            if match is not None:
                left.remove(match)
                pairs.append((at, match))
    strays = [at for at, failure in failed if isinstance(failure.item, Misread)]
    return pairs + list(zip(strays, left, strict=False))
