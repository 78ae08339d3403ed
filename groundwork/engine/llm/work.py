"""One document's work: each chunk is answered, split, mended, or done by rules; none is lost."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from groundwork.engine.base import Claim, Draft, Objections
from groundwork.engine.llm.answers import Answers
from groundwork.engine.llm.chunks import Chunk
from groundwork.engine.llm.connection import Connection
from groundwork.engine.llm.ledger import Ledger
from groundwork.engine.llm.mend import Mender
from groundwork.engine.llm.protocol import Item, Misread, read_items
from groundwork.engine.llm.render import Message, material
from groundwork.engine.llm.settling import Outcome, settle
from groundwork.engine.llm.tokens import estimate_tokens
from groundwork.engine.llm.trouble import TooLong, Trouble, Unreadable
from groundwork.engine.rules import RuleEngine
from groundwork.text.document import Document
from schemas.result import Kind, PartialRange

SPLITS: Final = 3
"""How often a chunk is halved before rules take over."""
PER_ITEM: Final = 30
"""Tokens of an item around its text, generously."""
_SLACK: Final = 200
_MOST_ITEMS: Final = 4
"""Items a sentence that an answer may hold; a looping model writes more."""


def answer_limit(chunk: Chunk, most: int) -> int:
    """Return the tokens an answer may take: enough to quote every sentence once, and no more."""
    return min(most, _SLACK + chunk.tokens + PER_ITEM * len(chunk.lines))


@dataclass(frozen=True, slots=True)
class Manner:
    """How the engine asks, whatever the document."""

    static: Sequence[Message]
    """System text and examples: what every first question begins with."""
    answers: Answers
    rounds: int
    """How often failed items are sent back."""
    most_tokens: int
    """Longest answer of one call."""


class Work:
    """The chunks of one document against one connection."""

    def __init__(
        self,
        document: Document,
        objections: Objections,
        connection: Connection,
        ledger: Ledger,
        manner: Manner,
    ) -> None:
        self._document = document
        self._objections = objections
        self._connection = connection
        self._ledger = ledger
        self._manner = manner
        self._by_rules: Draft | None = None
        self._ruling = asyncio.Lock()

    async def do(self, chunk: Chunk, splits: int = SPLITS) -> Outcome:
        """Return what became of the chunk. Never raises but when it is cancelled."""
        question = material(chunk)
        try:
            kept = await self._manner.answers.find(question)
            raw = await self._ask(chunk, question) if kept is None else kept
        except TooLong as too_long:
            halves = chunk.halves() if splits else None
            if halves is None:
                return await self._done_by_rules(chunk, too_long)
            first, second = await asyncio.gather(*(self.do(half, splits - 1) for half in halves))
            first.add(second)
            return first
        except Trouble as trouble:
            return await self._done_by_rules(chunk, trouble)
        return await self._mended(chunk, question, raw)

    async def _ask(self, chunk: Chunk, question: str) -> list[object]:
        messages = [*self._manner.static, Message("user", question)]
        limit = answer_limit(chunk, self._manner.most_tokens)
        raw: list[object] = await self._connection.items(messages, limit, self._ledger)
        if not raw and len(await self._rule_claims(chunk)) >= max(3, len(chunk.lines) // 3):
            raise Unreadable("the answer is empty although the text makes statements")
        return raw

    async def _mended(self, chunk: Chunk, question: str, raw: list[object]) -> Outcome:
        warnings = []
        room = _MOST_ITEMS * len(chunk.lines)
        if len(raw) > room:
            warnings.append(f"{len(raw) - room} items beyond any plausible number left out")
        known = frozenset(chunk.known)
        read = [_one(entry, known) for entry in raw[:room]]
        items = _without_repeats(read)
        if len(items) < len(read):
            warnings.append("items that the model repeated word for word left out")
        clean = self._document.clean
        mender = Mender(chunk, clean, self._objections, self._manner.rounds)
        mended = await mender.mend(items, self._again)
        if mended.given_up:
            warnings.append(f"failed items were not sent back: {mended.given_up}")
        await self._manner.answers.keep(question, mended.items)
        outcome = settle(chunk, clean, mended.items)
        outcome.compare_kinds(_kinds(await self._rule_claims(chunk)))
        outcome.warnings = warnings + outcome.warnings
        return outcome

    async def _again(self, question: str, items: int) -> list[object]:
        """Ask for corrections: the same system text, no examples, only what failed."""
        messages = [*self._manner.static[:1], Message("user", question)]
        limit = min(self._manner.most_tokens, _SLACK + PER_ITEM * items + estimate_tokens(question))
        return await self._connection.items(messages, limit, self._ledger, repair=True)

    async def _done_by_rules(self, chunk: Chunk, trouble: Trouble) -> Outcome:
        """Draft the chunk by rules, and say so."""
        start, end = chunk.lines[0].sentence.start, chunk.lines[-1].sentence.end
        first, last = self._document.clean.to_source(start, end)
        return Outcome(
            claims=await self._rule_claims(chunk),
            partial=[PartialRange(start=first, end=last, error=f"{trouble}; done by rules")],
            warnings=[f"part of the text was done by rules: {trouble}"],
            degraded=True,
        )

    async def _rule_claims(self, chunk: Chunk) -> list[Claim]:
        async with self._ruling:
            if self._by_rules is None:
                self._by_rules = await asyncio.to_thread(RuleEngine().draft_now, self._document)
        numbers = {line.sentence.number for line in chunk.lines}
        return [claim for claim in self._by_rules.claims if numbers.issuperset(claim.sentences)]


def _kinds(claims: Sequence[Claim]) -> dict[int, set[Kind]]:
    """Return the kinds that claims give to each sentence."""
    kinds: dict[int, set[Kind]] = {}
    for claim in claims:
        for number in claim.sentences:
            kinds.setdefault(number, set()).add(claim.kind)
    return kinds


def _one(entry: object, known: frozenset[int]) -> Item | Misread:
    good, bad = read_items([entry], known)
    return good[0] if good else bad[0]


def _without_repeats(items: Sequence[Item | Misread]) -> list[Item | Misread]:
    """Drop items that say the same of the same sentences again, as a looping model does."""
    seen: set[Item] = set()
    kept: list[Item | Misread] = []
    for item in items:
        if isinstance(item, Item):
            if item in seen:
                continue
            seen.add(item)
        kept.append(item)
    return kept
